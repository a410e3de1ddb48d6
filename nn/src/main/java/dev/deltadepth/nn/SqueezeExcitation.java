package dev.deltadepth.nn;

/**
 * Squeeze-and-excitation (Hu et al., Squeeze-and-Excitation Networks, CVPR 2018): the channel means
 * pass through two 1x1 convolutions, {@code <name>.conv_reduce} and {@code <name>.conv_expand}, and
 * become the factors of the channels.
 *
 * @param inner activation between the two
 * @param gate activation after the second, with output in [0, 1]
 */
record SqueezeExcitation(Activation inner, Activation gate) {

  /** The map with every channel multiplied by its factor. */
  <T> T apply(Ops<T> ops, T map, String name, int channels, int squeezed) {
    T means = ops.channelMeans(map);
    Conv2d reduce = Conv2d.pointwise(name + ".conv_reduce", channels, squeezed).withBias();
    T reduced = ops.activation(ops.conv(means, reduce), inner);
    Conv2d expand = Conv2d.pointwise(name + ".conv_expand", squeezed, channels).withBias();
    return ops.scaleChannels(map, ops.activation(ops.conv(reduced, expand), gate));
  }
}
