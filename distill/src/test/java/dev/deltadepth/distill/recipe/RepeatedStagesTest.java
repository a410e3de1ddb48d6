package dev.deltadepth.distill.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatedStagesTest {

  private static Recipe withStages(String... stages) {
    return RecipeFile.parse(
        """
        name: small
        photos: {folder: photos}
        teacher: {model: teacher.onnx}
        stages: [%s]
        """
            .formatted(String.join(", ", stages)),
        "recipe.yaml");
  }

  @Test
  void stagesAreRepeatedAsOftenAsSaid() {
    Recipe recipe =
        withStages(
            "{size: 64, batch: 8, steps: 100}",
            "{repeat: 2, stages: [{size: 96, batch: 4, steps: 50}, {size: 32, batch: 2, steps: 5}]}");
    Stage once = new Stage(64, 8, 100, 0, 0, Stage.Statistics.BATCH);
    Stage again = new Stage(96, 4, 50, 0, 0, Stage.Statistics.BATCH);
    Stage small = new Stage(32, 2, 5, 0, 0, Stage.Statistics.BATCH);
    assertThat(recipe.stages()).containsExactly(once, again, small, again, small);
    assertThat(RecipeFile.parse(recipe.toYaml(), "again.yaml")).isEqualTo(recipe);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{repeat: 0, stages: [{size: 32, batch: 2, steps: 5}]} | repeat: 1 to 200",
        "{repeat: 1000000000, stages: [{size: 32, batch: 2, steps: 5}]} | repeat: 1 to 200",
        "{repeat: often, stages: [{size: 32, batch: 2, steps: 5}]} | repeat: 1 to 200",
        "{repeat: 2} | repeat: 1 to 200",
        "{repeat: 2, stages: 3} | repeat: 1 to 200",
        "{repeat: 2, stages: []} | repeat: 1 to 200",
        "{repeat: 2, stages: [], size: 32} | repeat: 1 to 200",
        "{repeat: 200, stages: [{size: 32, batch: 2, steps: 5}]} | the number of stages",
        "{repeat: 2, stages: [{size: 33, batch: 2, steps: 5}]} | stages: size",
        "{repeat: 2, stages: [{repeat: 2, stages: [3]}]} | unknown key 'repeat'",
      })
  void aWrongGroupOfStagesIsNamed(String group, String said) {
    assertThatThrownBy(() -> withStages("{size: 64, batch: 8, steps: 100}", group))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("recipe.yaml")
        .hasMessageContaining(said);
  }
}
