package dev.deltadepth.nn;

/**
 * A 2-D convolution with a square kernel. With an odd kernel, the map is padded by {@code kernel /
 * 2} zeros; an even kernel cuts the map into patches: its stride is its side, without padding. The
 * record has the names of its arrays: {@code <name>.weight} [out, in / groups, kernel, kernel] and,
 * with a bias, {@code <name>.bias} [out].
 *
 * @param name prefix of the weights' names
 * @param in input channels
 * @param out output channels
 * @param kernel side of the kernel
 * @param stride in pixels, 1 or more
 * @param groups of channels; {@code in} for a depthwise convolution
 * @param bias whether there is a bias
 * @param zero whether training starts with a kernel of zeros
 */
public record Conv2d(
    String name, int in, int out, int kernel, int stride, int groups, boolean bias, boolean zero) {

  /** A convolution over all channels without bias. */
  public static Conv2d of(String name, int in, int out, int kernel, int stride) {
    return new Conv2d(name, in, out, kernel, stride, 1, false, false);
  }

  /** A pointwise (1x1) convolution without bias. */
  public static Conv2d pointwise(String name, int in, int out) {
    return of(name, in, out, 1, 1);
  }

  /** A depthwise convolution without bias: one kernel per channel. */
  public static Conv2d depthwise(String name, int channels, int kernel, int stride) {
    return new Conv2d(name, channels, channels, kernel, stride, channels, false, false);
  }

  /** A convolution without bias that maps every patch to one value per output channel. */
  public static Conv2d patches(String name, int in, int out, int side) {
    return of(name, in, out, side, side);
  }

  /** The same convolution with a bias. */
  public Conv2d withBias() {
    return new Conv2d(name, in, out, kernel, stride, groups, true, zero);
  }

  /**
   * The same convolution, at zero when training starts: the last one of a residual branch without
   * normalisation, which is the identity then (Zhang et al. 2019, "Fixup Initialization"), or the
   * one before a sigmoid, which saturates otherwise if what it reads is large.
   */
  public Conv2d fromZero() {
    return new Conv2d(name, in, out, kernel, stride, groups, bias, true);
  }

  /** Zeros on each side, which keep the size at stride 1; none for patches. */
  public int padding() {
    return kernel % 2 == 0 ? 0 : kernel / 2;
  }

  public String weight() {
    return name + ".weight";
  }

  public String biasName() {
    return name + ".bias";
  }
}
