package dev.deltadepth.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.deltadepth.nn.CostOps;
import dev.deltadepth.nn.EfficientNet;
import dev.deltadepth.nn.Encoder;
import dev.deltadepth.nn.MobileNetV3;
import dev.deltadepth.nn.MobileVit;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.ParityFixture;
import dev.deltadepth.nn.ParityGenerator;
import dev.deltadepth.nn.weights.Weights;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The encoders against timm's networks of the same weights. */
class EncoderParityTest {

  /**
   * One comparison.
   *
   * @param fixtures the folder of timm's numbers
   * @param encoder with timm's own names
   * @param parameters of timm's network of feature maps
   */
  record Case(String fixtures, Encoder encoder, int parameters) {
    ParityFixture fixture() {
      return ParityFixture.of(fixtures);
    }

    CostOps costs() {
      CostOps costs = new CostOps();
      encoder.apply(costs, new CostOps.Shape(1, 3, 256, 256));
      return costs;
    }

    @Override
    public String toString() {
      return fixtures;
    }
  }

  private static final Case MOBILE_VIT = new Case("mobilevit_xs", MobileVit.xs(""), 1_932_848);
  private static final Case MOBILE_NET =
      new Case("mobilenetv3_large_100", MobileNetV3.large100(""), 2_971_952);
  private static final Case EFFICIENT_NET =
      new Case("efficientnet_b0", EfficientNet.b0(""), 3_595_388);

  static Stream<Case> networks() {
    return Stream.of(MOBILE_VIT, MOBILE_NET, EFFICIENT_NET);
  }

  static Stream<Arguments> inputs() {
    return Stream.of(
        Arguments.of(MOBILE_VIT, "1x3x256x256"),
        Arguments.of(MOBILE_VIT, "1x3x192x320"),
        Arguments.of(MOBILE_VIT, "1x3x224x224"),
        Arguments.of(MOBILE_NET, "1x3x224x224"),
        Arguments.of(EFFICIENT_NET, "1x3x224x224"));
  }

  @BeforeAll
  static void threads() {
    Tensors.threads(1);
  }

  @Tag("shared")
  @ParameterizedTest
  @MethodSource("inputs")
  void featureMapsAreThoseOfTimm(Case network, String input) {
    ParityFixture fixture = network.fixture();
    JsonNode expected = fixture.expected(input);
    int[] shape = ParityFixture.ints(expected.get("input").get("shape"));
    float[] image =
        ParityGenerator.values("input:" + input, 0, 1, shape[0] * shape[1] * shape[2] * shape[3]);
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard();
        TorchWeights weights =
            new TorchWeights(network.costs().parameters(), fixture.weights(""))) {
      Tensor x = Tensors.of(image, shape[0], shape[1], shape[2], shape[3]);
      List<Tensor> maps = network.encoder().apply(TorchOps.inference(weights), x);
      assertThat(maps).hasSize(5);
      for (int i = 0; i < maps.size(); i++) {
        JsonNode output = expected.get("outputs").get(i);
        float[] whole = Tensors.toArray(maps.get(i));
        float[] slice =
            ParityFixture.slice(
                whole, ParityFixture.ints(output.get("shape")), output.get("slice").asText());
        assertThat(ParityFixture.relativeL2(slice, fixture.stored(output).data()))
            .as("map %d of %s at %s against timm", i, network, input)
            .isLessThan(1e-5);
        double norm = output.get("l2").asDouble();
        assertThat(ParityFixture.l2(whole)).isCloseTo(norm, within(norm * 1e-5));
      }
    }
  }

  @Tag("shared")
  @ParameterizedTest
  @MethodSource("networks")
  void namesAndShapesAreThoseOfTimm(Case network) {
    Weights timm = network.fixture().weights("");
    List<Parameter> parameters = network.costs().parameters();
    parameters.forEach(timm::require);
    assertThat(parameters.stream().map(Parameter::name))
        .as("the arrays behind timm's feature maps are used, and no others")
        .containsExactlyInAnyOrderElementsOf(network.fixture().featureNames());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void hasTheParametersOfTheReference(Case network) {
    assertThat(network.costs().parameterCount()).isEqualTo(network.parameters());
  }
}
