package dev.deltadepth.core.steady;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the things in a frame were in the frame before it. What is seen at column x and row y was
 * at column {@code x + right} and row {@code y + down}.
 *
 * <p>The arrays are not copied: do not write to them after handing them over.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param right {@code height * width} offsets in pixels, row-major; NaN where the thing was hidden
 *     or outside the frame before
 * @param down as many offsets; NaN at the same places
 */
public record Motion(int width, int height, float[] right, float[] down) {

  /**
   * Checks that the arrays fit the size.
   *
   * @throws IllegalArgumentException if a side is below 1 or a length does not fit
   */
  public Motion {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "width and height of a motion must be at least 1, not " + width + "x" + height);
    }
    int pixels = Math.multiplyExact(width, height);
    if (right.length != pixels || down.length != pixels) {
      throw new IllegalArgumentException(
          right.length + " and " + down.length + " offsets do not make " + width + "x" + height);
    }
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "Motion[" + width + "x" + height + "]";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Motion that
        && width == that.width
        && height == that.height
        && Arrays.equals(right, that.right)
        && Arrays.equals(down, that.down);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * width + height) + Arrays.hashCode(right)) + Arrays.hashCode(down);
  }
}
