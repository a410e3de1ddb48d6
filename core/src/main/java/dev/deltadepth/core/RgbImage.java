package dev.deltadepth.core;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An 8-bit RGB picture.
 *
 * <p>The array is not copied: do not write to it after handing it over.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param data {@code height * width * 3} bytes, row-major, R G B interleaved, each 0..255 unsigned
 */
public record RgbImage(int width, int height, byte[] data) implements Guide {

  /**
   * Checks that the array fits the picture's size.
   *
   * @throws IllegalArgumentException if a side is below 1 or the array's length does not fit
   */
  public RgbImage {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "width and height of a picture must be at least 1, not " + width + "x" + height);
    }
    if (data.length != Math.multiplyExact(Math.multiplyExact(width, height), 3)) {
      throw new IllegalArgumentException(
          data.length + " bytes do not make a " + width + "x" + height + " RGB picture");
    }
  }

  /** The value, 0..255, of channel {@code c} (0 red, 1 green, 2 blue) at column x and row y. */
  public int value(int x, int y, int c) {
    return data[(y * width + x) * 3 + c] & 0xff;
  }

  @Override
  public void row(int y, float[] red, float[] green, float[] blue) {
    for (int x = 0, i = 3 * y * width; x < width; x++, i += 3) {
      red[x] = (data[i] & 0xff) * (1 / 255f);
      green[x] = (data[i + 1] & 0xff) * (1 / 255f);
      blue[x] = (data[i + 2] & 0xff) * (1 / 255f);
    }
  }

  /** Whether the other one has the same values. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RgbImage that
        && width == that.width
        && height == that.height
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(width, height) + Arrays.hashCode(data);
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "RgbImage[" + width + "x" + height + "]";
  }
}
