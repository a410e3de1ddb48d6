package dev.deltadepth.core;

import java.util.Arrays;

/**
 * A window of values that is brought to 0..1, and the ways in which maps are brought to their
 * range.
 *
 * @param low the value that becomes 0; finite
 * @param high the value that becomes 1; finite, at least {@code low}
 */
public record Normalization(float low, float high) {

  private static final int OUTLIER_BINS = 1024;
  private static final int LARGEST_SAMPLE = 1_000_000;

  /**
   * Checks the window.
   *
   * @throws IllegalArgumentException if an end is not finite or {@code high < low}
   */
  public Normalization {
    if (!Float.isFinite(low) || !Float.isFinite(high) || high < low) {
      throw new IllegalArgumentException(
          "a window needs finite ends in order, not " + low + " and " + high);
    }
  }

  /** The window from the lowest to the highest finite value of a map; 0 to 0 if none is finite. */
  public static Normalization of(DepthMap map) {
    return of(map.data());
  }

  /** The window from the lowest to the highest finite value; 0 to 0 if none is finite. */
  public static Normalization of(float[] values) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return low <= high ? new Normalization(low, high) : new Normalization(0, 0);
  }

  /**
   * The window that pictures get: from the lowest to the highest finite value, or, where the middle
   * 98 % of the values fill less than a fifth of that, from their first to their 99th percentile,
   * so that a few outliers do not eat the range.
   */
  public static Normalization ofMost(float[] values) {
    Normalization whole = of(values);
    int[] counts = new int[OUTLIER_BINS];
    int finite = 0;
    for (float value : values) {
      if (Float.isFinite(value)) {
        counts[(int) (whole.apply(value) * (OUTLIER_BINS - 1))]++;
        finite++;
      }
    }
    int low = bin(counts, finite / 100);
    int high = bin(counts, finite - 1 - finite / 100);
    return finite > 0 && (high - low + 1) * 5 < OUTLIER_BINS && whole.low < whole.high
        ? percentiles(values, 1, 99)
        : whole;
  }

  /** The bin of the value with a rank. */
  private static int bin(int[] counts, int rank) {
    int below = 0;
    for (int i = 0; i < counts.length; i++) {
      below += counts[i];
      if (below > rank) {
        return i;
      }
    }
    return counts.length - 1;
  }

  /**
   * The window between two percentiles of the finite values; 0 to 0 if none is finite. Of large
   * maps, every second, third and so on value is taken, a million at most.
   *
   * @param low in percent, 0..100
   * @param high in percent, {@code low}..100
   * @throws IllegalArgumentException if the percentages are not in order
   */
  public static Normalization percentiles(float[] values, double low, double high) {
    if (!(low >= 0 && low <= high && high <= 100)) {
      throw new IllegalArgumentException(
          "percentiles must be in order between 0 and 100, not " + low + " and " + high);
    }
    int step = 1 + values.length / LARGEST_SAMPLE;
    float[] sample = new float[values.length / step + 1];
    int count = 0;
    for (int i = 0; i < values.length; i += step) {
      if (Float.isFinite(values[i])) {
        sample[count++] = values[i];
      }
    }
    if (count == 0) {
      return new Normalization(0, 0);
    }
    Arrays.sort(sample, 0, count);
    return new Normalization(
        sample[(int) Math.round(low / 100 * (count - 1))],
        sample[(int) Math.round(high / 100 * (count - 1))]);
  }

  /**
   * Where a value lies in the window, 0..1; beyond it the nearest end. NaN stays NaN; in a window
   * without extent every other value is 0.
   */
  public float apply(float value) {
    if (Float.isNaN(value)) {
      return value;
    }
    if (low == high) {
      return 0;
    }
    // In double, because the extent of a window may exceed the range of float.
    double part = ((double) value - low) / ((double) high - low);
    return (float) Math.max(0, Math.min(1, part));
  }

  /**
   * The map's values as 16-bit grey: 0..65535 over the window, NaN is 0.
   *
   * @return one value a pixel, row-major
   */
  public char[] sixteenBits(DepthMap map) {
    float[] values = map.data();
    char[] grey = new char[values.length];
    for (int i = 0; i < values.length; i++) {
      float part = apply(values[i]);
      grey[i] = (char) (Float.isNaN(part) ? 0 : Math.round(part * 65535));
    }
    return grey;
  }

  /**
   * Brings values in place to 0..1, from their lowest finite value to their highest, in single
   * precision: what networks learn from. Where all are equal they become 0; what is not finite
   * becomes NaN.
   */
  public static void stretch(float[] values) {
    stretch(values, of(values));
  }

  /** The same over another window; what lies beyond becomes its nearest end. */
  public static void stretch(float[] values, Normalization window) {
    float scale = window.high > window.low ? 1 / (window.high - window.low) : 0;
    for (int i = 0; i < values.length; i++) {
      float part = (values[i] - window.low) * scale;
      values[i] = Float.isFinite(values[i]) ? Math.max(0, Math.min(1, part)) : Float.NaN;
    }
  }

  /**
   * Values in 0..1 as 16-bit grey that tells 0 from nothing: 1..65535, NaN is 0. {@link
   * #fromGreyWithHoles} reads it back.
   */
  public static char[] greyWithHoles(float[] values) {
    char[] grey = new char[values.length];
    for (int i = 0; i < values.length; i++) {
      grey[i] = (char) (Float.isNaN(values[i]) ? 0 : 1 + Math.round(65534 * values[i]));
    }
    return grey;
  }

  /** The values in 0..1 that {@link #greyWithHoles} stored, to one part in 65534; 0 is NaN. */
  public static float[] fromGreyWithHoles(char[] grey) {
    float[] values = new float[grey.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = grey[i] == 0 ? Float.NaN : (grey[i] - 1) / 65534f;
    }
    return values;
  }
}
