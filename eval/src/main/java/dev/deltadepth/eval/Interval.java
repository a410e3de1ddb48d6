package dev.deltadepth.eval;

/**
 * A 95 % confidence interval.
 *
 * @param low the lower end; NaN if there is no figure
 * @param high the upper end; NaN if there is no figure
 */
public record Interval(double low, double high) {
  /** The interval of a missing figure. */
  public static final Interval NONE = new Interval(Double.NaN, Double.NaN);
}
