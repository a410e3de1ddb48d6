package dev.deltadepth.nn;

/**
 * A 2-D convolution with a square kernel. An odd kernel is padded by {@code kernel / 2} with zeros;
 * an even one cuts the map into patches, its stride is its side, and nothing is padded. It owns
 * names, not tensors: {@code <name>.weight} [out, in / groups, kernel, kernel] and, with a bias,
 * {@code <name>.bias} [out].
 *
 * @param name prefix of the weights' names
 * @param in input channels
 * @param out output channels
 * @param kernel side of the kernel
 * @param stride step in pixels, 1 or more
 * @param groups groups of channels; equal to {@code in} for a depthwise convolution
 * @param bias whether a bias is added
 */
public record Conv2d(
    String name, int in, int out, int kernel, int stride, int groups, boolean bias) {

  /** A convolution without bias over all channels. */
  public static Conv2d of(String name, int in, int out, int kernel, int stride) {
    return new Conv2d(name, in, out, kernel, stride, 1, false);
  }

  /** A pointwise (1x1) convolution without bias. */
  public static Conv2d pointwise(String name, int in, int out) {
    return of(name, in, out, 1, 1);
  }

  /** A depthwise convolution without bias: one kernel a channel. */
  public static Conv2d depthwise(String name, int channels, int kernel, int stride) {
    return new Conv2d(name, channels, channels, kernel, stride, channels, false);
  }

  /** The convolution without bias that makes one value a channel of every patch of a side. */
  public static Conv2d patches(String name, int in, int out, int side) {
    return of(name, in, out, side, side);
  }

  /** The same convolution with a bias. */
  public Conv2d withBias() {
    return new Conv2d(name, in, out, kernel, stride, groups, true);
  }

  /** Zeros on each side, so that a stride of 1 keeps the size; none for patches. */
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
