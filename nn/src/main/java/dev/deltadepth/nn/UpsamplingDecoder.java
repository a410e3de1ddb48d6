package dev.deltadepth.nn;

import java.util.List;

/**
 * A decoder that upsamples the encoder's coarsest map step by step: bilinear to twice the size,
 * then a 3x3 convolution, up to the image's size. With skip connections (Ronneberger et al., U-Net,
 * MICCAI 2015), every convolution also gets the encoder's map at its resolution; without them, the
 * detail in the finer maps is lost.
 */
public final class UpsamplingDecoder implements Decoder {

  private final String prefix;
  private final List<Integer> encoderChannels;
  private final List<Integer> widths;
  private final boolean skips;

  private UpsamplingDecoder(
      String prefix, List<Integer> encoderChannels, List<Integer> widths, boolean skips) {
    if (encoderChannels.isEmpty() || encoderChannels.size() != widths.size()) {
      throw new NetworkException(
          "a decoder needs one width per map: " + encoderChannels.size() + " maps, " + widths);
    }
    this.prefix = prefix;
    this.encoderChannels = List.copyOf(encoderChannels);
    this.widths = List.copyOf(widths);
    this.skips = skips;
  }

  /**
   * A decoder that uses the coarsest map only.
   *
   * @param prefix of the weights' names
   * @param encoderChannels channels of the encoder's maps, finest first
   * @param widths channels of the decoder at those resolutions
   * @throws NetworkException if the two lists differ in length or are empty
   */
  public static UpsamplingDecoder plain(
      String prefix, List<Integer> encoderChannels, List<Integer> widths) {
    return new UpsamplingDecoder(prefix, encoderChannels, widths, false);
  }

  /** The same with skip connections from all other maps. */
  public static UpsamplingDecoder withSkips(
      String prefix, List<Integer> encoderChannels, List<Integer> widths) {
    return new UpsamplingDecoder(prefix, encoderChannels, widths, true);
  }

  @Override
  public <T> T apply(Ops<T> ops, List<T> maps) {
    int coarsest = maps.size() - 1;
    int channels = widths.get(coarsest);
    String name = prefix + "project";
    T x = maps.get(coarsest);
    x =
        normRelu(
            ops,
            x,
            Conv2d.pointwise(name + ".conv", encoderChannels.get(coarsest), channels),
            name);
    for (int level = coarsest - 1; level >= 0; level--) {
      x = ops.upsample2(x);
      if (skips) {
        x = ops.concat(x, maps.get(level));
        channels += encoderChannels.get(level);
      }
      name = prefix + "upsample." + level;
      x = normRelu(ops, x, Conv2d.of(name + ".conv", channels, widths.get(level), 3, 1), name);
      channels = widths.get(level);
    }
    T disparity = ops.conv(x, Conv2d.of(prefix + "head.out", channels, 1, 3, 1).withBias());
    return ops.activation(ops.upsample2(disparity), Activation.SIGMOID);
  }

  private static <T> T normRelu(Ops<T> ops, T x, Conv2d conv, String name) {
    T y = ops.convNorm(x, conv, BatchNorm.of(name + ".bn", conv.out()));
    return ops.activation(y, Activation.RELU);
  }
}
