package dev.deltadepth.core.steady;

/**
 * Scale and shift between two sets of values, not disturbed by outliers.
 *
 * <p>The line is the reduced major axis: its scale is the ratio of the two spreads. Least squares
 * would be too flat, because both sets are noisy, and along a clip the flatness would multiply. It
 * is fitted again and again with weights that fall with the residual (Geman and McClure's, for a
 * width in units of the weighted mean residual).
 */
final class ScaleFit {
  private static final int ROUNDS = 6;

  /** About as many values are used: more do not make the two numbers better. */
  private static final int SAMPLES = 4_000;

  private static final double WIDTH = 3;

  /** The least correlation: sets that agree less say nothing about each other. */
  private static final double LEAST = 0.3;

  private double scale = 1;
  private double shift;
  private double residual;
  private double correlation;

  /**
   * Fits {@code scale * values + shift} to the targets.
   *
   * @param weights 0 for pairs that do not count
   * @return whether the pairs determine the two numbers
   */
  boolean fit(float[] values, float[] targets, float[] weights) {
    // An odd step, so that the samples of a picture are not all from the same columns.
    int step = Math.max(1, values.length / SAMPLES) | 1;
    double width = Double.POSITIVE_INFINITY;
    double a = 1;
    double b = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      double x = 0;
      double y = 0;
      double xx = 0;
      double yy = 0;
      double xy = 0;
      // Relative to the first pair, so that large offsets cost no precision.
      double x0 = Double.NaN;
      double y0 = 0;
      for (int i = 0; i < values.length; i += step) {
        double weight = weights[i];
        if (weight == 0) {
          continue;
        }
        if (Double.isNaN(x0)) {
          x0 = values[i];
          y0 = targets[i];
        }
        double r = (a * values[i] + b - targets[i]) / width;
        weight /= (1 + r * r) * (1 + r * r);
        double dx = values[i] - x0;
        double dy = targets[i] - y0;
        sum += weight;
        x += weight * dx;
        y += weight * dy;
        xx += weight * dx * dx;
        yy += weight * dy * dy;
        xy += weight * dx * dy;
      }
      xx -= x * x / sum;
      yy -= y * y / sum;
      xy -= x * y / sum;
      correlation = xy / Math.sqrt(xx * yy);
      if (!(correlation > LEAST)) {
        return false;
      }
      a = Math.sqrt(yy / xx);
      b = y0 + y / sum - a * (x0 + x / sum);
      double away = 0;
      double weighed = 0;
      for (int i = 0; i < values.length; i += step) {
        if (weights[i] > 0) {
          double r = Math.abs(a * values[i] + b - targets[i]);
          double inverse = 1 + r / width * (r / width);
          double weight = weights[i] / (inverse * inverse);
          away += weight * r;
          weighed += weight;
        }
      }
      residual = away / weighed;
      if (residual <= 1e-6 * Math.sqrt(yy / sum)) {
        break;
      }
      width = WIDTH * residual;
    }
    scale = a;
    shift = b;
    return true;
  }

  double scale() {
    return scale;
  }

  double shift() {
    return shift;
  }

  /** The weighted mean distance of the targets from the line. */
  double residual() {
    return residual;
  }

  /** The weighted correlation, up to 1. */
  double correlation() {
    return correlation;
  }
}
