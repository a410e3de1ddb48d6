package dev.deltadepth.nn;

import static dev.deltadepth.nn.Activation.SIGMOID;
import static dev.deltadepth.nn.Activation.SILU;

import java.util.ArrayList;
import java.util.List;

/**
 * EfficientNet-B0 (Tan and Le, EfficientNet: Rethinking Model Scaling for Convolutional Neural
 * Networks, ICML 2019, table 1) without its classifier, with the tensor names of timm's {@code
 * efficientnet_b0}. It outputs five maps: timm's stages 0, 1, 2, 4 and 6, with strides 2, 4, 8, 16
 * and 32.
 */
public final class EfficientNet implements Encoder {

  private static final int STEM = 32;

  /** Squeeze-and-excitation has a block's input channels divided by this. */
  private static final int SQUEEZE = 4;

  private static final SqueezeExcitation EXCITATION = new SqueezeExcitation(SILU, SIGMOID);

  /**
   * @param out channels
   * @param expansion factor on every block's input channels
   * @param kernel side of the depthwise kernels
   * @param stride of the first block
   * @param blocks inverted residuals
   */
  private record Stage(int out, int expansion, int kernel, int stride, int blocks) {
    InvertedResidual block(int in, int stride) {
      return new InvertedResidual(in, in * expansion, out, kernel, stride, in / SQUEEZE, SILU);
    }
  }

  private static final List<Stage> B0 =
      List.of(
          new Stage(16, 1, 3, 1, 1),
          new Stage(24, 6, 3, 2, 2),
          new Stage(40, 6, 5, 2, 2),
          new Stage(80, 6, 3, 2, 3),
          new Stage(112, 6, 5, 1, 3),
          new Stage(192, 6, 5, 2, 4),
          new Stage(320, 6, 3, 1, 1));

  private final String prefix;

  private EfficientNet(String prefix) {
    this.prefix = prefix;
  }

  /** The B0 network with a prefix for the names of its weights (empty: exactly timm's). */
  public static EfficientNet b0(String prefix) {
    return new EfficientNet(prefix);
  }

  @Override
  public String name() {
    return "efficientnet-b0";
  }

  @Override
  public List<Integer> channels() {
    return List.of(16, 24, 40, 112, 320);
  }

  @Override
  public List<Integer> strides() {
    return List.of(2, 4, 8, 16, 32);
  }

  @Override
  public <T> List<T> apply(Ops<T> ops, T image) {
    Conv2d stem = Conv2d.of(prefix + "conv_stem", 3, STEM, 3, 2);
    T x = InvertedResidual.normed(ops, image, stem, prefix + "bn1", SILU);
    List<T> stages = new ArrayList<>();
    int channels = STEM;
    for (Stage stage : B0) {
      String name = prefix + "blocks." + stages.size() + ".";
      for (int i = 0; i < stage.blocks(); i++) {
        InvertedResidual block = stage.block(channels, i == 0 ? stage.stride() : 1);
        x = block.apply(ops, x, name + i + ".", EXCITATION);
        channels = stage.out();
      }
      stages.add(x);
    }
    return List.of(stages.get(0), stages.get(1), stages.get(2), stages.get(4), stages.get(6));
  }
}
