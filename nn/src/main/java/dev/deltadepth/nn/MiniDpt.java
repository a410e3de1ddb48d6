package dev.deltadepth.nn;

import java.util.List;

/**
 * The default decoder, a small variant of DPT (Ranftl et al., Vision Transformers for Dense
 * Prediction, ICCV 2021): from the coarsest map up, a depthwise separable convolution, bilinear
 * upsampling, and fusion with the encoder's next finer map by concatenation and a 1x1 convolution;
 * a head outputs one channel in [0, 1].
 *
 * <p>Finer maps have fewer channels, and every convolution but the fusion runs before upsampling,
 * so the decoder stays cheap on large maps.
 */
public final class MiniDpt implements Decoder {

  private final String prefix;
  private final List<Integer> encoderChannels;
  private final List<Integer> widths;

  /**
   * Creates a decoder for an encoder's maps.
   *
   * @param prefix of the weights' names
   * @param encoderChannels channels of the encoder's maps, finest (stride 2) first, each at half
   *     the resolution of the previous one
   * @param widths channels of the decoder at those resolutions
   * @throws NetworkException if the two lists differ in length or are empty
   */
  public MiniDpt(String prefix, List<Integer> encoderChannels, List<Integer> widths) {
    if (encoderChannels.isEmpty() || encoderChannels.size() != widths.size()) {
      throw new NetworkException(
          "a decoder needs one width per map: " + encoderChannels.size() + " maps, " + widths);
    }
    this.prefix = prefix;
    this.encoderChannels = List.copyOf(encoderChannels);
    this.widths = List.copyOf(widths);
  }

  @Override
  public <T> T apply(Ops<T> ops, List<T> maps) {
    int coarsest = maps.size() - 1;
    int in = encoderChannels.get(coarsest);
    T x = pointwise(ops, maps.get(coarsest), prefix + "project", in, widths.get(coarsest));
    for (int level = coarsest - 1; level >= 0; level--) {
      x = fuse(ops, x, maps.get(level), level);
    }
    return head(ops, x);
  }

  /** Upsamples the map to the next finer level and fuses it with the encoder's map there. */
  private <T> T fuse(Ops<T> ops, T x, T map, int level) {
    int width = widths.get(level);
    T coarse = separable(ops, x, prefix + "upsample." + level, widths.get(level + 1), width);
    String name = prefix + "fuse." + level;
    Conv2d conv = Conv2d.pointwise(name + ".conv", width + encoderChannels.get(level), width);
    BatchNorm norm = BatchNorm.of(name + ".bn", width);
    return ops.activation(ops.convNormUpsampled(coarse, map, conv, norm), Activation.RELU);
  }

  private <T> T head(Ops<T> ops, T x) {
    int width = widths.get(0);
    T y = separable(ops, x, prefix + "head", width, width);
    // A 1x1 convolution commutes with bilinear upsampling; at the smaller size it is a quarter of
    // the work.
    y = ops.conv(y, Conv2d.pointwise(prefix + "head.out", width, 1).withBias());
    return ops.activation(ops.upsample2(y), Activation.SIGMOID);
  }

  private static <T> T pointwise(Ops<T> ops, T x, String name, int in, int out) {
    return normRelu(ops, x, Conv2d.pointwise(name + ".conv", in, out), name + ".bn");
  }

  /** A depthwise separable convolution (Howard et al., MobileNets, 2017). */
  private static <T> T separable(Ops<T> ops, T x, String name, int in, int out) {
    Conv2d depthwise = Conv2d.depthwise(name + ".depthwise", in, 3, 1);
    T y = ops.convNorm(x, depthwise, BatchNorm.of(name + ".bn1", in));
    return normRelu(ops, y, Conv2d.pointwise(name + ".pointwise", in, out), name + ".bn2");
  }

  private static <T> T normRelu(Ops<T> ops, T x, Conv2d conv, String norm) {
    return ops.activation(ops.convNorm(x, conv, BatchNorm.of(norm, conv.out())), Activation.RELU);
  }
}
