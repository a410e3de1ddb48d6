package dev.deltadepth.core;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dense map of depth or of its inverse, one value per pixel. Its kind says which; nothing inverts
 * it silently.
 *
 * <p>The array is not copied: do not write to it after handing it over.
 *
 * @param kind what the values mean
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param data {@code height * width} values, row-major; NaN where there is no value
 */
public record DepthMap(Kind kind, int width, int height, float[] data) {

  /** What the values of a map mean. */
  public enum Kind {
    /** Relative inverse depth without unit: LARGER = NEARER. What the networks here produce. */
    DISPARITY,
    /** Distance in metres along the optical axis: larger = farther. */
    METRES,
    /**
     * Distance along the optical axis in a unit that nobody knows: larger = farther. The shape of a
     * scene without its size.
     */
    RELATIVE_DEPTH
  }

  /**
   * Checks that the array fits the map's size.
   *
   * @throws IllegalArgumentException if a side is below 1 or the array's length does not fit
   */
  public DepthMap {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "width and height of a map must be at least 1, not " + width + "x" + height);
    }
    if (data.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(
          data.length + " values do not make a " + width + "x" + height + " map");
    }
  }

  /** The value at column x and row y. */
  public float value(int x, int y) {
    return data[y * width + x];
  }

  /** Whether it has two different finite values; otherwise it says nothing. */
  public boolean varies() {
    float first = Float.NaN;
    for (float value : data) {
      if (!Float.isFinite(value) || value == first) {
        continue;
      }
      if (!Float.isNaN(first)) {
        return true;
      }
      first = value;
    }
    return false;
  }

  /**
   * Returns the map itself, for a caller who needs this kind.
   *
   * @throws IllegalArgumentException if the map holds another kind
   */
  public DepthMap require(Kind needed) {
    if (kind != needed) {
      throw new IllegalArgumentException(
          "expected a map of " + needed + ", but this one holds " + kind);
    }
    return this;
  }

  /** Whether the other one has the same values; NaN equals NaN. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DepthMap that
        && kind == that.kind
        && width == that.width
        && height == that.height
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(kind, width, height) + Arrays.hashCode(data);
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "DepthMap[" + kind + ", " + width + "x" + height + "]";
  }
}
