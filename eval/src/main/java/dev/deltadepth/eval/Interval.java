package dev.deltadepth.eval;

/**
 * Between which two values a figure lies with 95 % confidence.
 *
 * @param low the lower end; NaN where there is no figure
 * @param high the upper end
 */
public record Interval(double low, double high) {
  /** Of a figure that does not exist. */
  public static final Interval NONE = new Interval(Double.NaN, Double.NaN);
}
