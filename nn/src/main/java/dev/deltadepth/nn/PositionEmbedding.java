package dev.deltadepth.nn;

/**
 * Learned position vectors of tokens: {@code <name>} [1, 1 + side * side, width], the class token's
 * first. For a map of h x w patches they are resized as in DINOv2 (Oquab et al., DINOv2, 2023;
 * {@code interpolate_pos_encoding} of its reference implementation): bicubic with a = -0.75,
 * borders repeated, the source of position i at {@code (i + 0.5) * side / (h + 0.1) - 0.5}; for h =
 * w = side they are used unchanged.
 *
 * @param name of the array
 * @param side rows and columns of the learned positions
 * @param width length of a token
 */
public record PositionEmbedding(String name, int side, int width) {

  /** Added to the number of rows and columns before the scale is computed. */
  public static final double OFFSET = 0.1;
}
