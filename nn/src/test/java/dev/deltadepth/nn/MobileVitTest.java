package dev.deltadepth.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MobileVitTest {

  @BeforeAll
  static void threads() {
    Tensors.threads(1);
  }

  private static List<Parameter> parameters() {
    CostOps costs = new CostOps();
    MobileVit.xs("").apply(costs, new CostOps.Shape(1, 3, 256, 256));
    return costs.parameters();
  }

  @Tag("shared")
  @ParameterizedTest
  @ValueSource(strings = {"1x3x256x256", "1x3x192x320", "1x3x224x224"})
  void featureMapsAreThoseOfTimm(String input) {
    ParityFixture fixture = ParityFixture.of("mobilevit_xs");
    JsonNode expected = caseOf(fixture, input);
    int[] shape = ParityFixture.ints(expected.get("input").get("shape"));
    float[] image =
        ParityGenerator.values("input:" + input, 0, 1, shape[0] * shape[1] * shape[2] * shape[3]);
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard();
        TorchWeights weights = new TorchWeights(parameters(), fixture.weights(""))) {
      Tensor x = Tensors.of(image, shape[0], shape[1], shape[2], shape[3]);
      List<Tensor> maps = MobileVit.xs("").apply(TorchOps.inference(weights), x);
      for (int i = 0; i < maps.size(); i++) {
        JsonNode output = expected.get("outputs").get(i);
        float[] whole = Tensors.toArray(maps.get(i));
        float[] slice =
            ParityFixture.slice(
                whole, ParityFixture.ints(output.get("shape")), output.get("slice").asText());
        assertThat(ParityFixture.relativeL2(slice, fixture.stored(output).data()))
            .as("map %d at %s against timm", i, input)
            .isLessThan(1e-5);
        double norm = output.get("l2").asDouble();
        assertThat(ParityFixture.l2(whole)).isCloseTo(norm, within(norm * 1e-5));
      }
    }
  }

  private static JsonNode caseOf(ParityFixture fixture, String input) {
    for (JsonNode one : fixture.json("expected.json").get("cases")) {
      if (one.get("input").get("name").asText().equals("input:" + input)) {
        return one;
      }
    }
    throw new AssertionError("no fixture for " + input);
  }

  @Test
  @Tag("shared")
  void namesAndShapesAreThoseOfTimm() {
    Weights timm = ParityFixture.of("mobilevit_xs").weights("");
    parameters().forEach(timm::require);
    assertThat(timm.names())
        .as("timm's arrays, but for the classifier, are all used")
        .allMatch(
            name ->
                name.startsWith("head.")
                    || parameters().stream().anyMatch(p -> p.name().equals(name)));
  }

  @Test
  void hasTheParametersOfTheReference() {
    CostOps costs = new CostOps();
    MobileVit.xs("").apply(costs, new CostOps.Shape(1, 3, 256, 256));
    assertThat(costs.parameterCount()).isEqualTo(1_932_848);
  }
}
