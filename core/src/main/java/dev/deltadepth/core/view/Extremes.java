package dev.deltadepth.core.view;

/**
 * The lowest and highest values in the square around each pixel. Windows are doubled until they
 * have their size (minima of minima), so time grows with the logarithm of the radius.
 */
final class Extremes {
  /** Columns that are worked on together along y, so that they stay in the cache. */
  private static final int STRIP = 64;

  private Extremes() {}

  /** The highest values within a radius; beyond the edges there is nothing. */
  static float[] highest(float[] values, int width, int height, int radius) {
    return extremes(values, width, height, radius, 1);
  }

  /** The lowest values within a radius; beyond the edges there is nothing. */
  static float[] lowest(float[] values, int width, int height, int radius) {
    return extremes(values, width, height, radius, -1);
  }

  private static float[] extremes(float[] values, int width, int height, int radius, int sign) {
    float[] out = values.clone();
    if (radius > 0) {
      alongX(out, width, height, radius, sign);
      alongY(out, width, height, radius, sign);
    }
    return out;
  }

  private static void alongX(float[] values, int width, int height, int radius, int sign) {
    float[] row = new float[width + 2 * radius];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < row.length; x++) {
        int inside = Math.max(0, Math.min(width - 1, x - radius));
        row[x] = values[y * width + inside];
      }
      window(row, row.length, 1, 2 * radius + 1, sign);
      System.arraycopy(row, 0, values, y * width, width);
    }
  }

  private static void alongY(float[] values, int width, int height, int radius, int sign) {
    int rows = height + 2 * radius;
    float[] strip = new float[rows * STRIP];
    for (int left = 0; left < width; left += STRIP) {
      int columns = Math.min(STRIP, width - left);
      for (int y = 0; y < rows; y++) {
        int inside = Math.max(0, Math.min(height - 1, y - radius));
        System.arraycopy(values, inside * width + left, strip, y * columns, columns);
      }
      window(strip, rows * columns, columns, 2 * radius + 1, sign);
      for (int y = 0; y < height; y++) {
        System.arraycopy(strip, y * columns, values, y * width + left, columns);
      }
    }
  }

  /** In place: each value becomes the extreme of itself and those that follow, a step apart. */
  private static void window(float[] values, int length, int step, int size, int sign) {
    int end = length;
    int covered = 1;
    while (covered < size) {
      int shift = Math.min(covered, size - covered);
      end -= shift * step;
      combine(values, end, shift * step, sign);
      covered += shift;
    }
  }

  private static void combine(float[] values, int end, int shift, int sign) {
    if (sign > 0) {
      for (int i = 0; i < end; i++) {
        values[i] = Math.max(values[i], values[i + shift]);
      }
    } else {
      for (int i = 0; i < end; i++) {
        values[i] = Math.min(values[i], values[i + shift]);
      }
    }
  }
}
