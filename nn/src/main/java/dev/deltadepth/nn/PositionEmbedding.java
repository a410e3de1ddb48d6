package dev.deltadepth.nn;

/**
 * Learned vectors that tell tokens their place: {@code <name>} [1, 1 + side * side, width], that of
 * the class token first. For a map of h x w patches they are resized as DINOv2 does (Oquab et al.,
 * DINOv2, 2023; {@code interpolate_pos_encoding} of its reference implementation): bicubic with a =
 * -0.75, borders repeated, the source of place i at {@code (i + 0.5) * side / (h + 0.1) - 0.5};
 * where h = w = side they are taken as they are.
 *
 * @param name of the array
 * @param side rows and columns for which they were learned
 * @param width length of a token
 */
public record PositionEmbedding(String name, int side, int width) {

  /** Added to the number of rows and columns before the scale is made of them. */
  public static final double OFFSET = 0.1;
}
