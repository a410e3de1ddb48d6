package dev.deltadepth.quantize;

/** A histogram of values between two bounds, and the range that represents them best. */
final class Histogram {
  private static final int BINS = 2048;

  /** Number of candidates for each bound; every further one is closer to zero by a factor. */
  private static final int TRIALS = 30;

  private static final double FACTOR = 0.88;

  private final double low;
  private final double width;
  private final long[] counts = new long[BINS];
  private long total;

  /**
   * Creates an empty histogram.
   *
   * @param range that contains all values to be added
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
   * The range without the outermost values at both ends.
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
   * The range with the smallest mean squared error: clipped values cost their squared distance from
   * the range, all values a twelfth of the squared step for rounding.
   */
  Range leastSquares() {
    Range best = Range.of(low, low + BINS * width);
    double least = error(best);
    for (int i = 0; i < TRIALS; i++) {
      for (int j = 0; j < TRIALS; j++) {
        double bottom = Math.min(low, 0) * Math.pow(FACTOR, i);
        double top = Math.max(low + BINS * width, 0) * Math.pow(FACTOR, j);
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
