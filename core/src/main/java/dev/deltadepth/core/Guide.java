package dev.deltadepth.core;

/** A picture along whose edges a map is enlarged, see {@link JointUpsampler}. */
public interface Guide {
  /** In pixels. */
  int width();

  /** In pixels. */
  int height();

  /**
   * The colours of a row.
   *
   * @param red gets {@code width} values in 0..1
   * @param green gets as many
   * @param blue gets as many
   */
  void row(int y, float[] red, float[] green, float[] blue);
}
