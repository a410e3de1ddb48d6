package dev.deltadepth.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.weights.Initializer;
import dev.deltadepth.nn.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class TorchWeightsTest {

  @Test
  void anotherShapeIsRefused() {
    Weights weights = Weights.of(Map.of("a", new FloatArray(new int[] {2, 3}, new float[6])));
    Parameter turned = new Parameter("a", List.of(3, 2), Parameter.Role.LINEAR_WEIGHT);
    assertThatThrownBy(() -> new TorchWeights(List.of(turned), weights))
        .isInstanceOf(NetworkException.class)
        .hasMessage("a has shape [2, 3], but must have [3, 2]");
  }

  @Test
  void valuesPassThroughTensorsUnchanged() {
    float[] data = new float[2 * 3 * 4 * 5];
    Random random = new Random(1);
    for (int i = 0; i < data.length; i++) {
      data[i] = Float.intBitsToFloat(random.nextInt() & 0xff7fffff);
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = Tensors.of(data, 2, 3, 4, 5);
      assertThat(tensor.shape()).containsExactly(2, 3, 4, 5);
      assertThat(Tensors.toArray(tensor)).isEqualTo(data);
      Tensor channelsLast = tensor.contiguous(torch.MemoryFormat.ChannelsLast);
      assertThat(Tensors.toArray(channelsLast)).isEqualTo(data);
      assertThat(Tensors.toArray(tensor.narrow(2, 1, 1))).hasSize(30).startsWith(data[5], data[6]);
      assertThat(Tensors.toArray(tensor.to(torch.ScalarType.Double))).isEqualTo(data);
    }
    assertThatThrownBy(() -> Tensors.of(data, 2, 3))
        .isInstanceOf(NetworkException.class)
        .hasMessage("cannot make a tensor of 6 values from 120");
  }

  @Test
  void theTensorsOfANetworkHoldItsWeights() {
    List<Parameter> parameters = DepthNetwork.delta().parameters();
    Weights weights = Initializer.random(parameters, 3);
    try (TorchWeights torch = new TorchWeights(parameters, weights)) {
      Weights back = torch.toWeights();
      assertThat(back.names()).containsExactlyElementsOf(weights.names());
      for (Parameter parameter : parameters) {
        String name = parameter.name();
        assertThat(back.get(name).data()).as(name).isEqualTo(weights.get(name).data());
        assertThat(back.get(name).shape()).as(name).isEqualTo(weights.get(name).shape());
        assertThat(torch.get(name).requires_grad()).as(name).isEqualTo(parameter.trainable());
      }
      assertThatThrownBy(() -> torch.get("encoder.none"))
          .isInstanceOf(NetworkException.class)
          .hasMessageContaining("encoder.none");
    }
  }
}
