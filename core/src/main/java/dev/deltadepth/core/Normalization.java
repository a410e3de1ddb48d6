package dev.deltadepth.core;

/**
 * A window of values that is brought to 0..1.
 *
 * @param low the value that becomes 0; finite
 * @param high the value that becomes 1; finite, at least {@code low}
 */
public record Normalization(float low, float high) {

  /**
   * Checks the window.
   *
   * @throws IllegalArgumentException if an end is not finite or {@code high < low}
   */
  public Normalization {
    if (!Float.isFinite(low) || !Float.isFinite(high) || high < low) {
      throw new IllegalArgumentException("no window of values: " + low + " to " + high);
    }
  }

  /** From the lowest to the highest finite value of a map; 0 to 0 when none is finite. */
  public static Normalization of(DepthMap map) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : map.data()) {
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return low <= high ? new Normalization(low, high) : new Normalization(0, 0);
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
}
