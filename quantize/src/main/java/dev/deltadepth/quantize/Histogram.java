package dev.deltadepth.quantize;

/** How often values fall where between two bounds, and which range represents them best. */
final class Histogram {
  private static final int BINS = 2048;

  /** Bounds are tried at so many places each, every one so much nearer to zero. */
  private static final int TRIALS = 30;

  private static final double NEARER = 0.88;

  private final double low;
  private final double width;
  private final long[] counts = new long[BINS];
  private long total;

  /**
   * An empty one.
   *
   * @param range all values that will be counted are in it
   */
  Histogram(Range range) {
    low = range.low();
    width = ((double) range.high() - range.low()) / BINS;
  }

  void add(float[] values) {
    for (float value : values) {
      int bin = (int) ((value - low) / width);
      counts[Math.min(Math.max(bin, 0), BINS - 1)]++;
    }
    total += values.length;
  }

  /**
   * The range without a share of the values at either end.
   *
   * @param share of all values to keep, 0 to 1
   */
  Range percentile(double share) {
    double spare = (1 - share) / 2 * total;
    int first = 0;
    for (double left = spare - counts[first]; first < BINS - 1 && left >= 0; ) {
      left -= counts[++first];
    }
    int last = BINS - 1;
    for (double left = spare - counts[last]; last > first && left >= 0; ) {
      left -= counts[--last];
    }
    return Range.of(low + first * width, low + (last + 1) * width);
  }

  /**
   * The range with the smallest mean squared error: what is cut off at the ends costs its distance,
   * the rest a twelfth of the step squared.
   */
  Range leastSquares() {
    Range best = Range.of(low, low + BINS * width);
    double least = error(best);
    for (int i = 0; i < TRIALS; i++) {
      for (int j = 0; j < TRIALS; j++) {
        double bottom = Math.min(low, 0) * Math.pow(NEARER, i);
        double top = Math.max(low + BINS * width, 0) * Math.pow(NEARER, j);
        Range range = Range.of(bottom, top);
        double error = error(range);
        if (error < least) {
          least = error;
          best = range;
        }
      }
    }
    return best;
  }

  private double error(Range range) {
    double rounding = (double) range.scale() * range.scale() / 12;
    double sum = 0;
    for (int i = 0; i < BINS; i++) {
      if (counts[i] > 0) {
        double value = low + (i + 0.5) * width;
        double beyond = Math.max(Math.max(range.low() - value, value - range.high()), 0);
        sum += counts[i] * (beyond * beyond + rounding);
      }
    }
    return sum;
  }
}
