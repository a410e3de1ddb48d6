package dev.deltadepth.nn;

/**
 * Learned factors on a residual branch (Touvron et al., Going deeper with Image Transformers, ICCV
 * 2021): {@code <name>.gamma} [width].
 *
 * @param name prefix of the weights' name
 * @param width length of the last axis
 */
public record LayerScale(String name, int width) {
  public String gamma() {
    return name + ".gamma";
  }
}
