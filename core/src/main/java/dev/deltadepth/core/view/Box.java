package dev.deltadepth.core.view;

/** Means over the square around each pixel, as much of it as is inside. */
final class Box {
  private Box() {}

  static float[] mean(float[] values, int width, int height, int radius) {
    float[] alongX = new float[values.length];
    double[] sums = new double[Math.max(width, height) + 1];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sums[x + 1] = sums[x] + values[y * width + x];
      }
      for (int x = 0; x < width; x++) {
        int from = Math.max(0, x - radius);
        int to = Math.min(width, x + radius + 1);
        alongX[y * width + x] = (float) ((sums[to] - sums[from]) / (to - from));
      }
    }
    float[] out = new float[values.length];
    double[] column = new double[width];
    int rows = 0;
    for (int y = -radius; y < height; y++) {
      if (y + radius < height) {
        add(alongX, (y + radius) * width, 1, column);
        rows++;
      }
      if (y - radius - 1 >= 0) {
        add(alongX, (y - radius - 1) * width, -1, column);
        rows--;
      }
      for (int x = 0; y >= 0 && x < width; x++) {
        out[y * width + x] = (float) (column[x] / rows);
      }
    }
    return out;
  }

  private static void add(float[] values, int row, int sign, double[] column) {
    for (int x = 0; x < column.length; x++) {
      column[x] += sign * values[row + x];
    }
  }
}
