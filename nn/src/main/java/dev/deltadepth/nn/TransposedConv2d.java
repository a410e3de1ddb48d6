package dev.deltadepth.nn;

/**
 * A transposed convolution with bias whose stride is its kernel's side, so that every value becomes
 * a square of its own: {@code <name>.weight} [channels, channels, factor, factor] (in, out) and
 * {@code <name>.bias} [channels].
 *
 * @param name prefix of the weights' names
 * @param channels before and after
 * @param factor by which height and width grow, side of the kernel and stride
 */
public record TransposedConv2d(String name, int channels, int factor) {
  public String weight() {
    return name + ".weight";
  }

  public String bias() {
    return name + ".bias";
  }
}
