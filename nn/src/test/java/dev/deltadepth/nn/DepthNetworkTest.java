package dev.deltadepth.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DepthNetworkTest {

  private static List<String> names(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::name).toList();
  }

  static Stream<Arguments> studentsAndSizes() {
    List<int[]> sizes =
        List.of(new int[] {32, 32}, new int[] {64, 96}, new int[] {256, 256}, new int[] {224, 416});
    return DepthNetwork.names().stream()
        .flatMap(name -> sizes.stream().map(size -> Arguments.of(name, size[0], size[1])));
  }

  @ParameterizedTest
  @MethodSource("studentsAndSizes")
  void theMapHasThePicturesSizeAndTheFeaturesTheEncodersStrides(
      String name, int height, int width) {
    CostOps costs = new CostOps();
    DepthNetwork student = DepthNetwork.named(name);
    DepthNetwork.Output<CostOps.Shape> output =
        student.apply(costs, new CostOps.Shape(2, 3, height, width));
    assertThat(output.disparity()).isEqualTo(new CostOps.Shape(2, 1, height, width));
    for (int i = 0; i < 5; i++) {
      int stride = student.encoder().strides().get(i);
      assertThat(output.features().get(i))
          .isEqualTo(
              new CostOps.Shape(
                  2, student.encoder().channels().get(i), height / stride, width / stride));
    }
    assertThat(costs.parameters())
        .as("the parameters do not depend on the size")
        .isEqualTo(student.parameters());
  }

  @Test
  void deltaIsTheFirstOfTheStudentsAndMobileVit() {
    assertThat(DepthNetwork.names())
        .containsExactly(
            "mobilevit-xs",
            "mobilevit-xxs",
            "mobilevit-s",
            "mobilevit-xs-relu",
            "mobilevit-xs-minidpt",
            "mobilenetv3-large-plain",
            "mobilenetv3-large-skips",
            "efficientnet-b0");
    assertThat(DepthNetwork.delta().parameters())
        .isEqualTo(DepthNetwork.named(DepthNetwork.names().get(0)).parameters());
    for (String name : DepthNetwork.names()) {
      assertThat(DepthNetwork.named(name).name()).isEqualTo(name);
      assertThat(name).startsWith(DepthNetwork.named(name).encoder().name());
    }
  }

  @Test
  void anUnknownStudentIsAnsweredWithTheNamesThereAre() {
    assertThatThrownBy(() -> DepthNetwork.named("mobilevit"))
        .isInstanceOf(NetworkException.class)
        .hasMessage(
            "unknown student 'mobilevit'; choose from mobilevit-xs, mobilevit-xxs, mobilevit-s, "
                + "mobilevit-xs-relu, mobilevit-xs-minidpt, mobilenetv3-large-plain, "
                + "mobilenetv3-large-skips, efficientnet-b0");
  }

  @Test
  void theStudentWithReluTakesTheOthersWeights() {
    assertThat(DepthNetwork.named("mobilevit-xs-relu").parameters())
        .isEqualTo(DepthNetwork.delta().parameters());
  }

  /** timm's counts of the whole classifiers, whose last layer has 1000 classes. */
  @ParameterizedTest
  @CsvSource({
    "mobilevit-xxs, 1272024",
    "mobilevit-xs, 2317848",
    "mobilevit-s, 5578632",
  })
  void theEncodersHaveTimmsNumberOfParameters(String name, long timms) {
    Encoder encoder = DepthNetwork.named(name).encoder();
    CostOps costs = new CostOps();
    encoder.apply(costs, new CostOps.Shape(1, 3, 256, 256));
    long classifier = 1000L * encoder.channels().get(4) + 1000;
    assertThat(costs.parameterCount() + classifier).isEqualTo(timms);
  }

  @Test
  void theThesisStudentHasItsNumberOfParameters() {
    CostOps costs = new CostOps();
    DepthNetwork.named("mobilevit-xs-minidpt").apply(costs, new CostOps.Shape(1, 3, 384, 384));
    assertThat(costs.parameterCount()).isEqualTo(3_373_265);
  }

  static Stream<Arguments> encodersAndTheirNames() {
    return Stream.of(
        Arguments.of("mobilevit-xs", MobileVit.xs("")),
        Arguments.of("mobilevit-xxs", MobileVit.xxs("")),
        Arguments.of("mobilevit-s", MobileVit.s("")),
        Arguments.of("mobilevit-xs-relu", MobileVit.xsRelu("")),
        Arguments.of("mobilevit-xs-minidpt", MobileVit.xs("")),
        Arguments.of("mobilenetv3-large-plain", MobileNetV3.large100("")),
        Arguments.of("mobilenetv3-large-skips", MobileNetV3.large100("")),
        Arguments.of("efficientnet-b0", EfficientNet.b0("")));
  }

  @ParameterizedTest
  @MethodSource("encodersAndTheirNames")
  void namesAreUniqueAndTheEncodersAreTimms(String name, Encoder encoder) {
    List<String> all = names(DepthNetwork.named(name).parameters());
    assertThat(all).doesNotHaveDuplicates();
    CostOps timm = new CostOps();
    encoder.apply(timm, new CostOps.Shape(1, 3, 64, 64));
    assertThat(all.stream().filter(n -> n.startsWith("encoder.")))
        .containsExactlyElementsOf(
            names(timm.parameters()).stream().map(n -> "encoder." + n).toList());
    assertThat(all).allMatch(n -> n.startsWith("encoder.") || n.startsWith("decoder."));
  }
}
