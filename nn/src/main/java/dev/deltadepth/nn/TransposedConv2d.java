package dev.deltadepth.nn;

/**
 * A transposed convolution with bias whose stride equals its kernel's side, so that every value
 * becomes a separate square: {@code <name>.weight} [channels, channels, factor, factor] (in, out)
 * and {@code <name>.bias} [channels].
 *
 * @param name prefix of the weights' names
 * @param channels of input and output
 * @param factor by which height and width grow; also kernel side and stride
 */
public record TransposedConv2d(String name, int channels, int factor) {
  public String weight() {
    return name + ".weight";
  }

  public String bias() {
    return name + ".bias";
  }
}
