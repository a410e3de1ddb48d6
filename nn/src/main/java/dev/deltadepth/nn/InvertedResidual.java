package dev.deltadepth.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * The block of MobileNetV3 and EfficientNet, with timm's tensor names: a 1x1 expansion, a depthwise
 * convolution, squeeze-and-excitation, and a 1x1 projection without activation; the input is added
 * if the shapes match (Sandler et al., MobileNetV2, CVPR 2018). An expansion by 1 is omitted, and
 * timm's numbers in the names then start one lower.
 *
 * @param in input channels
 * @param wide channels between expansion and projection
 * @param out output channels
 * @param kernel side of the depthwise kernel
 * @param stride of the depthwise convolution
 * @param squeezed channels inside squeeze-and-excitation, 0 for none
 * @param activation after expansion and depthwise convolution
 */
record InvertedResidual(
    int in, int wide, int out, int kernel, int stride, int squeezed, Activation activation) {

  /**
   * Applies the block.
   *
   * @param name prefix of the weights' names, including its dot
   */
  <T> T apply(Ops<T> ops, T x, String name, SqueezeExcitation excitation) {
    boolean expands = wide != in;
    T y = x;
    if (expands) {
      y = normed(ops, y, Conv2d.pointwise(name + "conv_pw", in, wide), name + "bn1", activation);
    }
    Conv2d depthwise = Conv2d.depthwise(name + "conv_dw", wide, kernel, stride);
    y = normed(ops, y, depthwise, name + (expands ? "bn2" : "bn1"), activation);
    if (squeezed > 0) {
      y = excitation.apply(ops, y, name + "se", wide, squeezed);
    }
    Conv2d projection = Conv2d.pointwise(name + (expands ? "conv_pwl" : "conv_pw"), wide, out);
    y = normed(ops, y, projection, name + (expands ? "bn3" : "bn2"), Activation.NONE);
    return in == out && stride == 1 ? ops.add(y, x) : y;
  }

  /**
   * timm's stem and stages of such blocks.
   *
   * @param image [N, 3, H, W]
   * @param prefix in front of all names
   * @param activation behind the stem
   * @return the map behind each stage
   */
  static <T> List<T> stages(
      Ops<T> ops,
      T image,
      String prefix,
      Activation activation,
      List<List<InvertedResidual>> stages,
      SqueezeExcitation excitation) {
    Conv2d stem = Conv2d.of(prefix + "conv_stem", 3, stages.get(0).get(0).in(), 3, 2);
    T x = normed(ops, image, stem, prefix + "bn1", activation);
    List<T> maps = new ArrayList<>();
    for (List<InvertedResidual> stage : stages) {
      String name = prefix + "blocks." + maps.size() + ".";
      for (int i = 0; i < stage.size(); i++) {
        x = stage.get(i).apply(ops, x, name + i + ".", excitation);
      }
      maps.add(x);
    }
    return maps;
  }

  /** A convolution, the batch normalisation named {@code norm}, and an activation. */
  static <T> T normed(Ops<T> ops, T x, Conv2d conv, String norm, Activation activation) {
    return ops.activation(ops.convNorm(x, conv, BatchNorm.of(norm, conv.out())), activation);
  }
}
