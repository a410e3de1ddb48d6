package dev.deltadepth.core.view;

/**
 * Blurs planes by a disc, row by row: each row of the disc is a box, and boxes are differences of
 * running sums. Time is the number of pixels times the disc's height.
 */
final class Disc {
  /** Lines per row of pixels on which the disc's width is measured. */
  private static final int LINES = 16;

  private final int reach;
  private final double[] half;
  private final double area;

  /**
   * @param radius in pixels, above 0
   */
  Disc(double radius) {
    reach = (int) Math.ceil(radius - 0.5);
    half = new double[2 * reach + 1];
    double sum = 0;
    for (int dy = -reach; dy <= reach; dy++) {
      for (int k = 0; k < LINES; k++) {
        double y = dy + (k + 0.5) / LINES - 0.5;
        half[dy + reach] += Math.sqrt(Math.max(0, radius * radius - y * y)) / LINES;
      }
      sum += 2 * half[dy + reach];
    }
    area = sum;
  }

  /** How many pixels beyond its centre the disc touches, on each side. */
  int reach() {
    return reach + 1;
  }

  /** Adds each layer's rows, spread by the disc, to another one of the same size. */
  void spread(Planes from, Planes to) {
    int width = from.width();
    int pad = reach + 2;
    double[] sums = new double[width + 2 * pad + 1];
    float[] line = new float[width];
    for (int y = 0; y < from.height(); y++) {
      int begin = from.first(y);
      int end = from.last(y) + 1;
      if (begin >= end) {
        continue;
      }
      int left = Math.max(0, begin - reach());
      int right = Math.min(width, end + reach());
      for (int dy = -reach; dy <= reach; dy++) {
        if (y + dy >= 0 && y + dy < to.height()) {
          to.touch(y + dy, left, right - 1);
        }
      }
      for (int c = 0; c < Planes.COUNT; c++) {
        running(from.plane(c), y * width, width, pad, sums);
        for (int dy = 0; dy <= reach; dy++) {
          box(sums, pad, half[dy + reach], line, left, right);
          add(line, to.plane(c), y + dy, to, left, right);
          if (dy > 0) {
            add(line, to.plane(c), y - dy, to, left, right);
          }
        }
      }
    }
  }

  private static void add(float[] line, float[] plane, int y, Planes to, int left, int right) {
    if (y >= 0 && y < to.height()) {
      int row = y * to.width();
      for (int x = left; x < right; x++) {
        plane[row + x] += line[x];
      }
    }
  }

  private static void running(float[] plane, int row, int width, int pad, double[] sums) {
    double sum = 0;
    for (int x = 0; x < width; x++) {
      sums[pad + x] = sum;
      sum += plane[row + x];
    }
    for (int x = pad + width; x < sums.length; x++) {
      sums[x] = sum;
    }
  }

  private void box(double[] sums, int pad, double wide, float[] out, int left, int right) {
    double from = 0.5 - wide;
    double to = 0.5 + wide;
    int a = (int) Math.floor(from);
    int b = (int) Math.floor(to);
    double partA = from - a;
    double partB = to - b;
    double weight = 1 / area;
    for (int x = left; x < right; x++) {
      int i = pad + x + a;
      int j = pad + x + b;
      double below = sums[i] + partA * (sums[i + 1] - sums[i]);
      double above = sums[j] + partB * (sums[j + 1] - sums[j]);
      out[x] = (float) ((above - below) * weight);
    }
  }
}
