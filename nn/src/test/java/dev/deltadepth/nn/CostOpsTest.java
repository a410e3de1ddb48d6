package dev.deltadepth.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.nn.CostOps.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostOpsTest {

  private final CostOps costs = new CostOps();

  @Test
  void aConvolutionCostsItsKernelAtEveryOutput() {
    Shape out = costs.conv(new Shape(2, 3, 9, 8), Conv2d.of("c", 3, 5, 3, 2).withBias());
    assertThat(out).isEqualTo(new Shape(2, 5, 5, 4));
    assertThat(costs.parameterCount()).isEqualTo(5 * 3 * 9 + 5);
    assertThat(costs.macs()).isEqualTo(2L * 5 * 5 * 4 * 3 * 9);
    assertThat(costs.peakActivationBytes()).isEqualTo(4 * (2 * 3 * 9 * 8 + 2 * 5 * 5 * 4));
    assertThat(costs.parameters())
        .containsExactly(
            new Parameter("c.weight", List.of(5, 3, 3, 3), Parameter.Role.CONV_WEIGHT),
            new Parameter("c.bias", List.of(5), Parameter.Role.BIAS));
  }

  @Test
  void aDepthwiseConvolutionCostsOneKernelAChannel() {
    Shape out = costs.conv(new Shape(1, 6, 4, 4), Conv2d.depthwise("c", 6, 3, 1));
    assertThat(out).isEqualTo(new Shape(1, 6, 4, 4));
    assertThat(costs.parameterCount()).isEqualTo(6 * 9);
    assertThat(costs.macs()).isEqualTo(6 * 16 * 9);
  }

  @Test
  void statisticsOfBatchNormalisationAreNoParameters() {
    costs.convNorm(new Shape(1, 2, 4, 4), Conv2d.pointwise("c", 2, 3), BatchNorm.of("bn", 3));
    assertThat(costs.parameterCount()).isEqualTo(2 * 3 + 3 + 3);
    assertThat(costs.parameters().stream().map(Parameter::name))
        .containsExactly("c.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var");
    assertThat(costs.macs()).isEqualTo(16 * 6);
  }

  @Test
  void linearLayersAndAttentionCostTheirProducts() {
    Shape tokens = new Shape(4, 6, 10, 1);
    Shape qkv = costs.linear(tokens, new Linear("qkv", 6, 18));
    assertThat(qkv).isEqualTo(new Shape(4, 18, 10, 1));
    assertThat(costs.macs()).isEqualTo(4 * 10 * 6 * 18);
    assertThat(costs.parameterCount()).isEqualTo(6 * 18 + 18);
    costs.layerNorm(tokens, LayerNorm.of("ln", 6));
    assertThat(costs.parameterCount()).isEqualTo(6 * 18 + 18 + 12);
    CostOps attention = new CostOps();
    Shape attended = attention.attention(tokens, new Linear("qkv", 6, 18), 2);
    assertThat(attended).isEqualTo(tokens);
    // The linear layer, q k^T and its product with v: N x N x C each.
    assertThat(attention.macs()).isEqualTo(4 * 10 * 6 * 18 + 4 * 2 * 10 * 10 * 6);
    assertThat(attention.parameterCount()).isEqualTo(6 * 18 + 18);
  }

  @Test
  void shapesFollowTheOtherOperations() {
    Shape map = new Shape(2, 5, 6, 7);
    assertThat(costs.upsample2(map)).isEqualTo(new Shape(2, 5, 12, 14));
    assertThat(costs.resizeToMultiple(map, 4)).isEqualTo(new Shape(2, 5, 8, 8));
    assertThat(costs.resizeLike(map, new Shape(2, 9, 3, 4))).isEqualTo(new Shape(2, 5, 3, 4));
    assertThat(costs.concat(map, new Shape(2, 3, 6, 7))).isEqualTo(new Shape(2, 8, 6, 7));
    assertThat(costs.channelMeans(map)).isEqualTo(new Shape(2, 5, 1, 1));
    assertThat(costs.scaleChannels(map, new Shape(2, 5, 1, 1))).isEqualTo(map);
    Shape tokens = costs.unfold(new Shape(2, 5, 6, 8), 2);
    assertThat(tokens).isEqualTo(new Shape(8, 5, 12, 1));
    assertThat(costs.fold(tokens, new Shape(2, 5, 6, 8), 2)).isEqualTo(new Shape(2, 5, 6, 8));
    assertThat(costs.add(map, map)).isEqualTo(map);
    assertThat(costs.activation(map, Activation.SILU)).isEqualTo(map);
    assertThat(costs.macs()).isZero();
  }

  @Test
  void partsOfVisionTransformersCostTheirProducts() {
    Shape patches = costs.conv(new Shape(1, 3, 28, 42), Conv2d.patches("cut", 3, 8, 14));
    assertThat(patches).isEqualTo(new Shape(1, 8, 2, 3));
    Shape tokens = costs.tokens(patches, new ClassToken("cls", 8));
    assertThat(tokens).isEqualTo(new Shape(1, 8, 7, 1));
    assertThat(costs.positions(patches, new PositionEmbedding("pos", 37, 8))).isEqualTo(tokens);
    assertThat(costs.linearScaled(tokens, new Linear("fc", 8, 8), new LayerScale("ls", 8)))
        .isEqualTo(tokens);
    assertThat(costs.tokenMap(tokens, patches)).isEqualTo(patches);
    assertThat(costs.transposedConv(patches, new TransposedConv2d("up", 8, 4)))
        .isEqualTo(new Shape(1, 8, 8, 12));
    assertThat(costs.stretch2(patches)).isEqualTo(new Shape(1, 8, 4, 6));
    assertThat(costs.stretchLike(patches, new Shape(1, 3, 5, 7))).isEqualTo(new Shape(1, 8, 5, 7));
    assertThat(costs.macs()).isEqualTo(6 * 8 * 588 + 7 * 64 + 96 * 64);
    assertThat(costs.parameterCount()).isEqualTo(8 * 588 + 8 + 1370 * 8 + 64 + 8 + 8 + 64 * 16 + 8);
    assertThatThrownBy(() -> costs.tokenMap(tokens, new Shape(1, 8, 3, 3)))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("do not fit the map");
    assertThatThrownBy(() -> costs.transposedConv(patches, new TransposedConv2d("up2", 9, 2)))
        .hasMessage("up2 expects 9 channels, not 8");
  }

  @Test
  void aLayerThatIsUsedTwiceCountsOnce() {
    LayerNorm norm = LayerNorm.of("norm", 8);
    costs.layerNorm(new Shape(1, 8, 4, 1), norm);
    costs.layerNorm(new Shape(1, 8, 4, 1), norm);
    assertThat(costs.parameterCount()).isEqualTo(16);
    assertThatThrownBy(() -> costs.layerNorm(new Shape(1, 9, 4, 1), LayerNorm.of("norm", 9)))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("two arrays have the same name");
  }

  @Test
  void wrongChannelsAndShapesAreRefused() {
    Shape map = new Shape(1, 4, 8, 8);
    assertThatThrownBy(() -> costs.conv(map, Conv2d.pointwise("project.3", 5, 6)))
        .isInstanceOf(NetworkException.class)
        .hasMessage("project.3 expects 5 channels, not 4");
    assertThatThrownBy(() -> costs.linear(map, new Linear("fc1", 5, 6)))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("fc1 expects a width of 5, not 4");
    assertThatThrownBy(() -> costs.add(map, new Shape(1, 4, 8, 7)))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("cannot add");
    assertThatThrownBy(() -> costs.concat(map, new Shape(1, 2, 4, 8)))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("cannot concatenate");
    assertThatThrownBy(() -> costs.scaleChannels(map, new Shape(1, 3, 1, 1)))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("expected one factor per channel");
    assertThatThrownBy(() -> new MiniDpt("d.", List.of(1, 2), List.of(3)))
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("one width per map");
  }
}
