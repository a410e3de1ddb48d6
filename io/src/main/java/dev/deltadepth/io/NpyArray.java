package dev.deltadepth.io;

import dev.deltadepth.core.DepthMap;
import java.util.Arrays;

/**
 * An array of any number of dimensions, as NumPy's files hold it.
 *
 * <p>The arrays are used as they are, without a copy.
 *
 * @param shape the length of each axis, 0 and more; no axis at all for a single number
 * @param data the values, row-major (the last axis runs fastest)
 */
public record NpyArray(int[] shape, float[] data) {

  /** A map's values, [H, W]. */
  public static NpyArray of(DepthMap map) {
    return new NpyArray(new int[] {map.height(), map.width()}, map.data());
  }

  /**
   * Checks that the values fill the shape.
   *
   * @throws IllegalArgumentException if they do not, or an axis is below 0
   */
  public NpyArray {
    long size = 1;
    for (int axis : shape) {
      if (axis < 0) {
        throw new IllegalArgumentException("an axis below 0 in " + Arrays.toString(shape));
      }
      size = axis == 0 ? 0 : Math.min(size, Integer.MAX_VALUE) * axis;
    }
    if (size != data.length) {
      throw new IllegalArgumentException(
          data.length + " values do not fill the shape " + Arrays.toString(shape));
    }
  }
}
