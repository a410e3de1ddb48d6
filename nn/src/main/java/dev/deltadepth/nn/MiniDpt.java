package dev.deltadepth.nn;

import java.util.List;

/**
 * The decoder of the student, a small relative of DPT (Ranftl et al., Vision Transformers for Dense
 * Prediction, ICCV 2021): every encoder map is projected by a 1x1 convolution; from the coarsest
 * up, the map so far is upsampled (bilinear, then a depthwise separable convolution) and fused with
 * the projected one (concatenated, then a 1x1 convolution); a head makes one channel of it in [0,
 * 1].
 *
 * <p>The widths fall with the resolution, so that the decoder stays cheap where the maps are large.
 */
public final class MiniDpt implements Decoder {

  private final String prefix;
  private final List<Integer> encoderChannels;
  private final List<Integer> widths;

  /**
   * A decoder for an encoder's maps.
   *
   * @param prefix of the weights' names
   * @param encoderChannels channels of the encoder's maps, finest (stride 2) first, each at half
   *     the resolution of the one before
   * @param widths channels of the decoder at those resolutions
   * @throws NetworkException if the two lists differ in length or are empty
   */
  public MiniDpt(String prefix, List<Integer> encoderChannels, List<Integer> widths) {
    if (encoderChannels.isEmpty() || encoderChannels.size() != widths.size()) {
      throw new NetworkException(
          "a decoder needs one width a map: " + encoderChannels.size() + " maps, " + widths);
    }
    this.prefix = prefix;
    this.encoderChannels = List.copyOf(encoderChannels);
    this.widths = List.copyOf(widths);
  }

  @Override
  public <T> T apply(Ops<T> ops, List<T> maps) {
    int coarsest = maps.size() - 1;
    T x = project(ops, maps.get(coarsest), coarsest);
    for (int level = coarsest - 1; level >= 0; level--) {
      T up = upsample(ops, x, level);
      x = fuse(ops, up, project(ops, maps.get(level), level), level);
    }
    return head(ops, x);
  }

  private <T> T project(Ops<T> ops, T map, int level) {
    String name = prefix + "project." + level;
    return normRelu(
        ops,
        map,
        Conv2d.pointwise(name + ".conv", encoderChannels.get(level), widths.get(level)),
        name);
  }

  /** To the next finer level, where the map has the same size as the encoder's. */
  private <T> T upsample(Ops<T> ops, T x, int level) {
    String name = prefix + "upsample." + level;
    int in = widths.get(level + 1);
    T y = ops.upsample2(x);
    y =
        ops.convNorm(
            y, Conv2d.depthwise(name + ".depthwise", in, 3, 1), BatchNorm.of(name + ".bn1", in));
    Conv2d pointwise = Conv2d.pointwise(name + ".pointwise", in, widths.get(level));
    return ops.activation(
        ops.convNorm(y, pointwise, BatchNorm.of(name + ".bn2", widths.get(level))),
        Activation.RELU);
  }

  private <T> T fuse(Ops<T> ops, T up, T projected, int level) {
    String name = prefix + "fuse." + level;
    int width = widths.get(level);
    return normRelu(
        ops, ops.concat(up, projected), Conv2d.pointwise(name + ".conv", 2 * width, width), name);
  }

  private static <T> T normRelu(Ops<T> ops, T x, Conv2d conv, String name) {
    return ops.activation(
        ops.convNorm(x, conv, BatchNorm.of(name + ".bn", conv.out())), Activation.RELU);
  }

  private <T> T head(Ops<T> ops, T x) {
    int width = widths.get(0);
    T y = ops.conv(x, Conv2d.of(prefix + "head.conv", width, width, 3, 1).withBias());
    y = ops.activation(y, Activation.RELU);
    // A 1x1 convolution and bilinear upsampling commute: at the smaller size it is a quarter of the
    // work.
    y = ops.conv(y, Conv2d.pointwise(prefix + "head.out", width, 1).withBias());
    return ops.activation(ops.upsample2(y), Activation.SIGMOID);
  }
}
