package dev.deltadepth.nn;

import static dev.deltadepth.nn.Activation.HARD_SIGMOID;
import static dev.deltadepth.nn.Activation.HARD_SWISH;
import static dev.deltadepth.nn.Activation.RELU;

import java.util.ArrayList;
import java.util.List;

/**
 * MobileNetV3-Large (Howard et al., Searching for MobileNetV3, ICCV 2019, table 1) without its
 * classifier, with the tensor names of timm's {@code mobilenetv3_large_100}. It outputs five maps:
 * timm's stages 0, 1, 2, 4 and 6, with strides 2, 4, 8, 16 and 32.
 */
public final class MobileNetV3 implements Encoder {

  private static final int LAST = 160;
  private static final int FINAL = 960;
  private static final SqueezeExcitation EXCITATION = new SqueezeExcitation(RELU, HARD_SIGMOID);

  /**
   * By stage: input, expanded and output channels, kernel, stride, squeezed channels, activation.
   */
  private static final List<List<InvertedResidual>> LARGE =
      List.of(
          List.of(new InvertedResidual(16, 16, 16, 3, 1, 0, RELU)),
          List.of(
              new InvertedResidual(16, 64, 24, 3, 2, 0, RELU),
              new InvertedResidual(24, 72, 24, 3, 1, 0, RELU)),
          List.of(
              new InvertedResidual(24, 72, 40, 5, 2, 24, RELU),
              new InvertedResidual(40, 120, 40, 5, 1, 32, RELU),
              new InvertedResidual(40, 120, 40, 5, 1, 32, RELU)),
          List.of(
              new InvertedResidual(40, 240, 80, 3, 2, 0, HARD_SWISH),
              new InvertedResidual(80, 200, 80, 3, 1, 0, HARD_SWISH),
              new InvertedResidual(80, 184, 80, 3, 1, 0, HARD_SWISH),
              new InvertedResidual(80, 184, 80, 3, 1, 0, HARD_SWISH)),
          List.of(
              new InvertedResidual(80, 480, 112, 3, 1, 120, HARD_SWISH),
              new InvertedResidual(112, 672, 112, 3, 1, 168, HARD_SWISH)),
          List.of(
              new InvertedResidual(112, 672, 160, 5, 2, 168, HARD_SWISH),
              new InvertedResidual(160, 960, 160, 5, 1, 240, HARD_SWISH),
              new InvertedResidual(160, 960, 160, 5, 1, 240, HARD_SWISH)));

  private final String prefix;

  private MobileNetV3(String prefix) {
    this.prefix = prefix;
  }

  /** The large network with a prefix for the names of its weights (empty: exactly timm's). */
  public static MobileNetV3 large100(String prefix) {
    return new MobileNetV3(prefix);
  }

  @Override
  public String name() {
    return "mobilenetv3-large";
  }

  @Override
  public List<Integer> channels() {
    return List.of(16, 24, 40, 112, FINAL);
  }

  @Override
  public List<Integer> strides() {
    return List.of(2, 4, 8, 16, 32);
  }

  @Override
  public <T> List<T> apply(Ops<T> ops, T image) {
    List<T> stages =
        new ArrayList<>(InvertedResidual.stages(ops, image, prefix, HARD_SWISH, LARGE, EXCITATION));
    T x = stages.get(LARGE.size() - 1);
    String name = prefix + "blocks." + LARGE.size() + ".0.";
    Conv2d last = Conv2d.pointwise(name + "conv", LAST, FINAL);
    stages.add(InvertedResidual.normed(ops, x, last, name + "bn1", HARD_SWISH));
    return List.of(stages.get(0), stages.get(1), stages.get(2), stages.get(4), stages.get(6));
  }
}
