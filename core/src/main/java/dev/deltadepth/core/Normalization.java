package dev.deltadepth.core;

/**
 * A window of values that is brought to 0..1, and the ways in which maps are brought to their
 * range.
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
    Normalization window = of(values);
    float scale = window.high > window.low ? 1 / (window.high - window.low) : 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.isFinite(values[i]) ? (values[i] - window.low) * scale : Float.NaN;
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
