package dev.deltadepth.core;

/**
 * A dense map of depth or of its inverse, one value a pixel. It says what it holds; nothing inverts
 * it silently.
 *
 * <p>The array is used as it is, without a copy: whoever hands it over no longer writes to it.
 *
 * @param kind what the values mean
 * @param width pixels a row, at least 1
 * @param height rows, at least 1
 * @param data {@code height * width} values, row-major; NaN where there is none
 */
public record DepthMap(Kind kind, int width, int height, float[] data) {

  /** What the values of a map mean. */
  public enum Kind {
    /** Relative inverse depth without unit: LARGER = NEARER. What the networks here put out. */
    DISPARITY,
    /** Distance in metres along the optical axis: larger = farther. */
    METRES
  }

  /**
   * Checks that the array has the map's size.
   *
   * @throws IllegalArgumentException if a side is below 1 or the array's length does not fit
   */
  public DepthMap {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a map needs sides of at least 1, not " + width + "x" + height);
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

  /**
   * The map itself, for a caller who needs this kind.
   *
   * @throws IllegalArgumentException if the map holds another kind
   */
  public DepthMap require(Kind needed) {
    if (kind != needed) {
      throw new IllegalArgumentException(
          "a map of " + needed + " is needed here, and this one holds " + kind);
    }
    return this;
  }
}
