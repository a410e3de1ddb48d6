package dev.deltadepth.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array of any number of dimensions: a network's weights, or what a NumPy file holds.
 *
 * <p>The arrays are not copied: do not write to them after handing them over.
 *
 * @param shape the length of each axis, 0 and more; no axis at all for a single number
 * @param data the values, row-major (the last axis runs fastest)
 */
public record FloatArray(int[] shape, float[] data) {

  /** A map's values, [H, W]. */
  public static FloatArray of(DepthMap map) {
    return new FloatArray(new int[] {map.height(), map.width()}, map.data());
  }

  /**
   * Checks that the values fill the shape.
   *
   * @throws IllegalArgumentException if they do not, or an axis is below 0
   */
  public FloatArray {
    long size = 1;
    for (int axis : shape) {
      if (axis < 0) {
        throw new IllegalArgumentException("no axis can be below 0: " + Arrays.toString(shape));
      }
      size = axis == 0 ? 0 : Math.min(size, Integer.MAX_VALUE) * axis;
    }
    if (size != data.length) {
      throw new IllegalArgumentException(
          data.length + " values do not fill the shape " + Arrays.toString(shape));
    }
  }

  /** Whether the other one has the same values; NaN equals NaN. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FloatArray that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "FloatArray" + Arrays.toString(shape);
  }
}
