package dev.deltadepth.nn;

import java.util.List;

/**
 * The decoder of Delta's thesis, which it calls MiniDPT: DPT (Ranftl et al., Vision Transformers
 * for Dense Prediction, ICCV 2021) with one width throughout. Every map of the encoder is projected
 * to that width. From the coarsest up, a map is upsampled bilinearly and by a depthwise separable
 * convolution, and fused with the projection of the next finer one: {@code r2(x + r1(projected))},
 * where r1 and r2 are residual units of two 3x3 convolutions. A head outputs one channel in [0, 1].
 *
 * <p>The thesis gives the blocks and the student's 3,373,265 parameters, but not the width. A width
 * of 96 with 16 channels in the head, batch normalisation in the upsampling and biases in the head
 * only gives exactly that number. Nothing in its residual units is normalised, so they start as the
 * identity, and the head starts in the middle of its sigmoid: with all kernels random, the large
 * maps of a trained encoder saturate it, and no gradient is left to learn from.
 */
public final class ResidualDpt implements Decoder {

  private final String prefix;
  private final List<Integer> encoderChannels;
  private final int width;
  private final int headWidth;

  /**
   * Creates a decoder for an encoder's maps.
   *
   * @param prefix of the weights' names
   * @param encoderChannels channels of the encoder's maps, finest (stride 2) first, each at half
   *     the resolution of the previous one
   * @param width channels throughout
   * @param headWidth channels in the head
   * @throws NetworkException if there are no maps
   */
  public ResidualDpt(String prefix, List<Integer> encoderChannels, int width, int headWidth) {
    if (encoderChannels.isEmpty()) {
      throw new NetworkException("a decoder needs at least one map of the encoder");
    }
    this.prefix = prefix;
    this.encoderChannels = List.copyOf(encoderChannels);
    this.width = width;
    this.headWidth = headWidth;
  }

  @Override
  public <T> T apply(Ops<T> ops, List<T> maps) {
    int coarsest = maps.size() - 1;
    T x = project(ops, maps.get(coarsest), coarsest);
    for (int level = coarsest - 1; level >= 0; level--) {
      T coarse = upsample(ops, x, prefix + "upsample." + level);
      T fine = project(ops, maps.get(level), level);
      String fuse = prefix + "fuse." + level;
      x = residual(ops, ops.add(coarse, residual(ops, fine, fuse + ".skip")), fuse + ".out");
    }
    return head(ops, x);
  }

  private <T> T project(Ops<T> ops, T map, int level) {
    return ops.conv(
        map,
        Conv2d.pointwise(prefix + "project." + level + ".conv", encoderChannels.get(level), width));
  }

  private <T> T upsample(Ops<T> ops, T x, String name) {
    T y = ops.conv(ops.upsample2(x), Conv2d.depthwise(name + ".depthwise", width, 3, 1));
    Conv2d pointwise = Conv2d.pointwise(name + ".pointwise", width, width);
    y = ops.convNorm(y, pointwise, BatchNorm.of(name + ".bn", width));
    return ops.activation(y, Activation.RELU);
  }

  /** A residual unit: x + conv(relu(conv(relu(x)))). */
  private <T> T residual(Ops<T> ops, T x, String name) {
    T y = ops.activation(x, Activation.RELU);
    y = ops.conv(y, Conv2d.of(name + ".conv1", width, width, 3, 1));
    y = ops.activation(y, Activation.RELU);
    return ops.add(x, ops.conv(y, Conv2d.of(name + ".conv2", width, width, 3, 1).fromZero()));
  }

  private <T> T head(Ops<T> ops, T x) {
    T y = ops.conv(x, Conv2d.of(prefix + "head.conv", width, headWidth, 3, 1).withBias());
    y = ops.activation(y, Activation.RELU);
    // A 1x1 convolution commutes with bilinear upsampling; at the smaller size it is a quarter of
    // the work.
    y = ops.conv(y, Conv2d.pointwise(prefix + "head.out", headWidth, 1).withBias().fromZero());
    return ops.activation(ops.upsample2(y), Activation.SIGMOID);
  }
}
