package dev.deltadepth.core.space;

/**
 * Fits a linear function of column and row, which every plane is in inverse depth, to the samples
 * around a pixel that lie on its surface, by least squares.
 */
final class PlaneFit {
  /** Samples to each side of a pixel. */
  private static final int REACH = 2;

  /** The most that a sample may leave the plane of its pixel, relative to its inverse depth. */
  private static final double THICKNESS = 0.02;

  private final float[] inverse;
  private final int width;
  private final int height;
  private final int spacing;

  /** Inverse depth of the plane at the pixel. */
  double here;

  /** What it grows by from one column to the next. */
  double alongRow;

  /** The same from one row to the next. */
  double alongColumn;

  /** Whether at least half of the samples inside the picture lie on the plane. */
  boolean supported;

  PlaneFit(float[] inverse, int width, int height, int spacing) {
    this.inverse = inverse;
    this.width = width;
    this.height = height;
    this.spacing = spacing;
  }

  /** Fits the plane of a pixel that has depth. */
  void fit(int x, int y) {
    double middle = inverse[y * width + x];
    double guessX = slope(x, y, 1, 0);
    double guessY = slope(x, y, 0, 1);
    double limit = THICKNESS * middle;
    double n = 0;
    int samples = 0;
    double sx = 0;
    double sy = 0;
    double sw = 0;
    double sxx = 0;
    double sxy = 0;
    double syy = 0;
    double sxw = 0;
    double syw = 0;
    for (int j = -REACH; j <= REACH; j++) {
      int row = y + j * spacing;
      if (row < 0 || row >= height) {
        continue;
      }
      for (int i = -REACH; i <= REACH; i++) {
        int column = x + i * spacing;
        if (column < 0 || column >= width) {
          continue;
        }
        samples++;
        double dx = i * spacing;
        double dy = j * spacing;
        // What is left of the guess is small, so nothing is lost to rounding.
        double rest = inverse[row * width + column] - middle - guessX * dx - guessY * dy;
        if (Math.abs(rest) <= limit) {
          n++;
          sx += dx;
          sy += dy;
          sw += rest;
          sxx += dx * dx;
          sxy += dx * dy;
          syy += dy * dy;
          sxw += dx * rest;
          syw += dy * rest;
        }
      }
    }
    supported = 2 * n >= samples;
    here = middle;
    alongRow = guessX;
    alongColumn = guessY;
    double cxx = sxx - sx * sx / n;
    double cxy = sxy - sx * sy / n;
    double cyy = syy - sy * sy / n;
    double cxw = sxw - sx * sw / n;
    double cyw = syw - sy * sw / n;
    double determinant = cxx * cyy - cxy * cxy;
    if (determinant > 1e-9 * spacing * spacing * spacing * spacing) {
      double restX = (cxw * cyy - cyw * cxy) / determinant;
      double restY = (cyw * cxx - cxw * cxy) / determinant;
      here += (sw - restX * sx - restY * sy) / n;
      alongRow += restX;
      alongColumn += restY;
    }
  }

  /** The smaller of the slopes to both sides, because the other may cross an edge. */
  private double slope(int x, int y, int right, int down) {
    double before = difference(x, y, -right * spacing, -down * spacing);
    double after = difference(x, y, right * spacing, down * spacing);
    if (Double.isNaN(before) && Double.isNaN(after)) {
      return 0;
    }
    if (Double.isNaN(before)) {
      return after / spacing;
    }
    if (Double.isNaN(after)) {
      return -before / spacing;
    }
    return (Math.abs(before) < Math.abs(after) ? -before : after) / spacing;
  }

  private double difference(int x, int y, int right, int down) {
    int column = x + right;
    int row = y + down;
    return column < 0 || row < 0 || column >= width || row >= height
        ? Double.NaN
        : (double) inverse[row * width + column] - inverse[y * width + x];
  }
}
