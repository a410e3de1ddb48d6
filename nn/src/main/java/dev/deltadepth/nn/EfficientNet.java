package dev.deltadepth.nn;

import static dev.deltadepth.nn.Activation.SIGMOID;
import static dev.deltadepth.nn.Activation.SILU;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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

  private static final List<List<InvertedResidual>> B0 = b0();

  private static List<List<InvertedResidual>> b0() {
    List<List<InvertedResidual>> stages = new ArrayList<>();
    stages.add(stage(STEM, 16, 1, 3, 1, 1));
    stages.add(stage(16, 24, 6, 3, 2, 2));
    stages.add(stage(24, 40, 6, 5, 2, 2));
    stages.add(stage(40, 80, 6, 3, 2, 3));
    stages.add(stage(80, 112, 6, 5, 1, 3));
    stages.add(stage(112, 192, 6, 5, 2, 4));
    stages.add(stage(192, 320, 6, 3, 1, 1));
    return List.copyOf(stages);
  }

  /**
   * @param in channels
   * @param out channels
   * @param expansion factor on every block's input channels
   * @param kernel side of the depthwise kernels
   * @param stride of the first block
   * @param blocks inverted residuals
   */
  private static List<InvertedResidual> stage(
      int in, int out, int expansion, int kernel, int stride, int blocks) {
    return IntStream.range(0, blocks)
        .mapToObj(
            i -> {
              int from = i == 0 ? in : out;
              return new InvertedResidual(
                  from, from * expansion, out, kernel, i == 0 ? stride : 1, from / SQUEEZE, SILU);
            })
        .toList();
  }

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
    List<T> stages = InvertedResidual.stages(ops, image, prefix, SILU, B0, EXCITATION);
    return List.of(stages.get(0), stages.get(1), stages.get(2), stages.get(4), stages.get(6));
  }
}
