package dev.deltadepth.nn;

/**
 * Layer normalisation (Ba et al. 2016) over the last axis: {@code <name>.weight} and {@code .bias},
 * each [width].
 *
 * @param name prefix of the weights' names
 * @param width length of the last axis
 * @param eps added to the variance
 */
public record LayerNorm(String name, int width, double eps) {

  /** A layer normalisation with the usual eps of 1e-5. */
  public static LayerNorm of(String name, int width) {
    return new LayerNorm(name, width, 1e-5);
  }

  public String weight() {
    return name + ".weight";
  }

  public String bias() {
    return name + ".bias";
  }
}
