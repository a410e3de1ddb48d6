package dev.deltadepth.nn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsTest {

  private static FloatArray array(float... values) {
    return new FloatArray(new int[] {values.length}, values);
  }

  private static Weights weights(Object... namesAndArrays) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (int i = 0; i < namesAndArrays.length; i += 2) {
      arrays.put((String) namesAndArrays[i], (FloatArray) namesAndArrays[i + 1]);
    }
    return Weights.of(arrays);
  }

  @Test
  void overlayingReplacesWhatBothHave() {
    Weights base = weights("a", array(1), "b", array(2, 3), "c", array(4));
    Weights over =
        weights("head", array(9), "b", array(7, 8)).withMetadata(Map.of("from", "elsewhere"));
    Weights both = over.overlaid(base);
    assertThat(both.names()).containsExactly("a", "b", "c");
    assertThat(both.get("a").data()).containsExactly(1);
    assertThat(both.get("b").data()).containsExactly(7, 8);
    assertThat(both.metadata()).containsEntry("from", "elsewhere");
    assertThat(base.get("b").data()).containsExactly(2, 3);
  }

  @Test
  void theMeanIsThatOfEveryValue() {
    Weights one = weights("a", array(1, 2), "b", array(3));
    Weights other = weights("b", array(5), "a", array(2, 8));
    Weights mean = Weights.mean(List.of(one, other, other, other));
    assertThat(mean.names()).containsExactly("a", "b");
    assertThat(mean.get("a").data()).containsExactly(1.75f, 6.5f);
    assertThat(mean.get("b").data()).containsExactly(4.5f);
    assertThat(Weights.mean(List.of(one)).get("a").data()).containsExactly(1, 2);
  }

  @Test
  void differentNetworksHaveNoMean() {
    Weights one = weights("a", array(1, 2));
    assertThatThrownBy(() -> Weights.mean(List.of(one, weights("a", array(1)))))
        .isInstanceOf(NetworkException.class)
        .hasMessage("cannot average a: its shape is [2] in some weights and [1] in others");
    assertThatThrownBy(() -> Weights.mean(List.of(one, weights("b", array(1)))))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("no array 'a'");
  }

  @Test
  void anArrayThatIsMissingIsNamedWithThoseThatAreNear() {
    Weights timm = weights("stem.conv.weight", array(1), "stages.0.weight", array(1));
    assertThatThrownBy(() -> timm.get("encoder.stem.conv.weight"))
        .isInstanceOf(NetworkException.class)
        .hasMessage(
            "the weights have no array 'encoder.stem.conv.weight'; similar names: stem.conv.weight");
    assertThatThrownBy(() -> timm.get("other.weight"))
        .hasMessageContaining("similar names: stem.conv.weight, stages.0.weight");
    assertThatThrownBy(() -> timm.get("other.gamma"))
        .hasMessage("the weights have no array 'other.gamma'");
  }

  @Test
  void anotherShapeIsRefused() {
    Weights weights = weights("a", new FloatArray(new int[] {2, 3}, new float[6]));
    weights.require(new Parameter("a", List.of(2, 3), Parameter.Role.LINEAR_WEIGHT));
    Parameter turned = new Parameter("a", List.of(3, 2), Parameter.Role.LINEAR_WEIGHT);
    assertThatThrownBy(() -> weights.require(turned))
        .isInstanceOf(NetworkException.class)
        .hasMessage("a has shape [2, 3], but must have [3, 2]");
    assertThatThrownBy(() -> new FloatArray(new int[] {2, 2}, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 values do not fill the shape [2, 2]");
  }

  @Test
  void oneSeedGivesTheSameWeights() {
    List<Parameter> parameters = DepthNetwork.delta().parameters();
    Weights one = Initializer.random(parameters, 3);
    Weights same = Initializer.random(parameters, 3);
    Weights other = Initializer.random(parameters, 4);
    for (Parameter parameter : parameters) {
      float[] data = one.get(parameter.name()).data();
      assertThat(data).isEqualTo(same.get(parameter.name()).data());
      if (parameter.decays()) {
        assertThat(data).isNotEqualTo(other.get(parameter.name()).data());
      }
    }
  }

  @Test
  void randomWeightsHaveTheirDeviations() {
    List<Parameter> parameters =
        List.of(
            new Parameter("conv", List.of(64, 32, 3, 3), Parameter.Role.CONV_WEIGHT),
            new Parameter("depthwise", List.of(2048, 1, 3, 3), Parameter.Role.CONV_WEIGHT),
            new Parameter("one output", List.of(1, 4096, 1, 1), Parameter.Role.CONV_WEIGHT),
            new Parameter("linear", List.of(128, 128), Parameter.Role.LINEAR_WEIGHT),
            new Parameter("last", List.of(5, 5, 3, 3), Parameter.Role.ZERO_CONV_WEIGHT),
            new Parameter("bias", List.of(5), Parameter.Role.BIAS),
            new Parameter("scale", List.of(5), Parameter.Role.NORM_WEIGHT),
            new Parameter("shift", List.of(5), Parameter.Role.NORM_BIAS),
            new Parameter("mean", List.of(5), Parameter.Role.RUNNING_MEAN),
            new Parameter("variance", List.of(5), Parameter.Role.RUNNING_VAR));
    Weights weights = Initializer.random(parameters, 1);
    assertDeviation(weights.get("conv").data(), Math.sqrt(2.0 / (64 * 9)));
    assertDeviation(weights.get("depthwise").data(), Math.sqrt(2.0 / 9));
    assertDeviation(weights.get("one output").data(), Math.sqrt(2.0 / 4096));
    assertDeviation(weights.get("linear").data(), 0.02);
    for (String zero : List.of("last", "bias", "shift", "mean")) {
      assertThat(weights.get(zero).data()).containsOnly(0);
    }
    for (String one : List.of("scale", "variance")) {
      assertThat(weights.get(one).data()).containsOnly(1);
    }
  }

  private static void assertDeviation(float[] data, double expected) {
    double sum = 0;
    double squares = 0;
    for (float value : data) {
      sum += value;
      squares += (double) value * value;
    }
    assertThat(Math.sqrt(squares / data.length)).isCloseTo(expected, within(0.05 * expected));
    assertThat(sum / data.length).isCloseTo(0, within(0.05 * expected));
  }
}
