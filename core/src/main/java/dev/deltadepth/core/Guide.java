package dev.deltadepth.core;

/**
 * A picture along whose edges a map is enlarged, see {@link JointUpsampler}. Its three channels are
 * red, green and blue, or others of which those are linear functions.
 */
public interface Guide {
  /** In pixels. */
  int width();

  /** In pixels. */
  int height();

  /**
   * The channels of a row.
   *
   * @param first gets {@code width} values: red in 0..1, unless the picture has other channels
   * @param second gets as many: green
   * @param third gets as many: blue
   */
  void row(int y, float[] first, float[] second, float[] third);

  /**
   * Makes functions of red, green and blue, each in 0..1, functions of this picture's channels.
   *
   * @param red a factor for each function, replaced by that of the first channel
   * @param green the same for the second channel
   * @param blue the same for the third channel
   * @param constant what each function adds
   */
  default void adapt(float[] red, float[] green, float[] blue, float[] constant) {}
}
