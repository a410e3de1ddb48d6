package dev.deltadepth.core.steady;

/** The mean of each value and its neighbours within a square; fewer at the border. */
final class BoxMean {
  private final int width;
  private final int height;
  private final int radius;
  private final float[] rows;

  BoxMean(int width, int height, int radius) {
    this.width = width;
    this.height = height;
    this.radius = radius;
    rows = new float[width * height];
  }

  /** Puts the means in place of the values. */
  void over(float[] values) {
    pass(values, rows, width, 1, height, width);
    pass(rows, values, height, width, width, 1);
  }

  /** Means along lines. */
  private void pass(float[] in, float[] out, int length, int step, int lines, int stride) {
    for (int line = 0; line < lines; line++) {
      int start = line * stride;
      for (int i = 0; i < length; i++) {
        int from = Math.max(i - radius, 0);
        int to = Math.min(i + radius, length - 1);
        float sum = 0;
        for (int k = from; k <= to; k++) {
          sum += in[start + k * step];
        }
        out[start + i * step] = sum / (to - from + 1);
      }
    }
  }
}
