package dev.deltadepth.eval;

/** Quantiles of a sample. */
public final class Quantiles {
  private Quantiles() {}

  /**
   * A quantile, interpolated linearly (Hyndman and Fan's definition 7, NumPy's default).
   *
   * @param sorted at least one value, in ascending order
   * @param share 0 for the smallest to 1 for the largest
   */
  public static double of(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int before = (int) position;
    int after = Math.min(before + 1, sorted.length - 1);
    return sorted[before] + (position - before) * (sorted[after] - sorted[before]);
  }
}
