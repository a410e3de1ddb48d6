package dev.deltadepth.distill.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeChangeTest {

  private static Recipe tiny(String... changes) {
    return RecipeFile.named("tiny", Arrays.stream(changes).map(RecipeChange::parse).toList())
        .get(0);
  }

  @Test
  void valuesAreReplacedOrAdded() {
    Recipe changed =
        tiny(
            "name=no",
            "stages.0.steps=3",
            "seed = 5",
            "losses={ssi: 2, l1: 1}",
            "optimizer.clip=0.5",
            "stages.0.label-size=64",
            "start=[one, two]");
    assertThat(changed.name()).isEqualTo("no");
    assertThat(changed.steps()).isEqualTo(3);
    assertThat(changed.seed()).isEqualTo(5);
    assertThat(changed.losses()).containsOnlyKeys("ssi", "l1");
    assertThat(changed.optimizer().clip()).isEqualTo(0.5);
    assertThat(changed.optimizer().rate()).isEqualTo(tiny().optimizer().rate());
    assertThat(changed.stages().get(0).labelSize()).isEqualTo(64);
    assertThat(changed.start()).isEqualTo(List.of("one", "two"));
    assertThat(tiny()).isEqualTo(RecipeFile.named("tiny").get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stages.1.steps=3 | is not a place in the list, which has 1 entries",
        "stages.x=3       | is not a place",
        "name.inner=3     | nothing in which 'inner'",
        "losses={a: [     | not a value in YAML",
        "sede=3           | unknown key 'sede'",
        "seed=many        | seed must be a whole number, not 'many'",
        "seed             | KEY=VALUE",
        "=3               | KEY=VALUE",
      })
  void whatCannotBeChangedIsNamed(String change, String message) {
    assertThatThrownBy(() -> tiny(change))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining(message);
  }
}
