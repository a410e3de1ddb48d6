package dev.deltadepth.metrics;

import dev.deltadepth.core.DepthMap;

/**
 * Agreement of two maps of one image, independent of scale and shift: the correlation of their
 * values, and the correlation with the layout removed.
 *
 * <p>Plain correlation is too optimistic, because "lower in the image is nearer" alone scores high.
 * Therefore the least-squares surface {@code a + b x + c y + d y^2} is subtracted from each map;
 * what remains are people, furniture and other objects.
 *
 * @param pearson correlation of the values, -1..1
 * @param residual correlation with the layout removed, -1..1
 */
public record Agreement(double pearson, double residual) {

  /**
   * The agreement of two maps; 0 if one of them is constant.
   *
   * @throws IllegalArgumentException if kinds or sizes differ
   */
  public static Agreement of(DepthMap first, DepthMap second) {
    second.require(first.kind());
    if (first.width() != second.width() || first.height() != second.height()) {
      throw new IllegalArgumentException("cannot compare maps of different sizes");
    }
    double[] a = centred(first);
    double[] b = centred(second);
    double pearson = cosine(a, b);
    removeLayout(a, first.width(), first.height());
    removeLayout(b, first.width(), first.height());
    return new Agreement(pearson, cosine(a, b));
  }

  private static double[] centred(DepthMap map) {
    double mean = 0;
    for (float value : map.data()) {
      mean += value;
    }
    mean /= map.data().length;
    double[] values = new double[map.data().length];
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = map.data()[i] - mean;
      largest = Math.max(largest, Math.abs(values[i]));
    }
    // Rounding of the mean does not count as variation of a constant map.
    return largest > 1e-12 * Math.abs(mean) ? values : new double[values.length];
  }

  /**
   * Subtracts the projections onto x, y and y^2. Relative to the centre of the grid, x and y are
   * orthogonal to each other and to a constant; y^2 becomes so by subtracting its mean.
   */
  private static void removeLayout(double[] values, int width, int height) {
    double[] x = new double[width];
    for (int i = 0; i < width; i++) {
      x[i] = i - (width - 1) / 2.0;
    }
    double[] y = new double[height];
    double[] bend = new double[height];
    double meanSquare = (height * (double) height - 1) / 12;
    for (int j = 0; j < height; j++) {
      y[j] = j - (height - 1) / 2.0;
      bend[j] = y[j] * y[j] - meanSquare;
    }
    double[] rows = new double[height];
    double[] columns = new double[width];
    for (int j = 0; j < height; j++) {
      for (int i = 0; i < width; i++) {
        rows[j] += values[j * width + i];
        columns[i] += values[j * width + i];
      }
    }
    double slopeX = ratio(dot(columns, x), height * dot(x, x));
    double slopeY = ratio(dot(rows, y), width * dot(y, y));
    double curve = ratio(dot(rows, bend), width * dot(bend, bend));
    for (int j = 0; j < height; j++) {
      for (int i = 0; i < width; i++) {
        values[j * width + i] -= slopeX * x[i] + slopeY * y[j] + curve * bend[j];
      }
    }
  }

  private static double cosine(double[] a, double[] b) {
    return ratio(dot(a, b), Math.sqrt(dot(a, a) * dot(b, b)));
  }

  /** A quotient, 0 for a denominator of 0: a map with one row has no slope. */
  private static double ratio(double numerator, double denominator) {
    return denominator == 0 ? 0 : numerator / denominator;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
