package dev.deltadepth.core.view;

/** Works on a picture in bands of rows, so that what is in between takes little memory. */
final class Bands {
  /** About this many pixels are worked on at once. */
  private static final int PIXELS = 2_000_000;

  private Bands() {}

  /** What is done to a band. */
  @FunctionalInterface
  interface Work {
    /** New values of the band; the given ones are left alone. */
    float[] of(float[] values, int height);
  }

  /**
   * The values of the whole picture, the same as if it were worked on at once.
   *
   * @param reach how many rows above and below a pixel decide on it
   */
  static float[] apply(float[] values, int width, int height, int reach, Work work) {
    int rows = Math.max(4 * reach, PIXELS / width);
    if (rows >= height) {
      return work.of(values, height);
    }
    float[] out = new float[values.length];
    for (int first = 0; first < height; first += rows) {
      int end = Math.min(height, first + rows);
      int top = Math.max(0, first - reach);
      int bottom = Math.min(height, end + reach);
      float[] band = new float[(bottom - top) * width];
      System.arraycopy(values, top * width, band, 0, band.length);
      float[] done = work.of(band, bottom - top);
      System.arraycopy(done, (first - top) * width, out, first * width, (end - first) * width);
    }
    return out;
  }
}
