package dev.deltadepth.core;

/**
 * An 8-bit RGB picture.
 *
 * <p>The array is used as it is, without a copy: whoever hands it over no longer writes to it.
 *
 * @param width pixels a row, at least 1
 * @param height rows, at least 1
 * @param data {@code height * width * 3} bytes, row-major, R G B interleaved, each 0..255 unsigned
 */
public record RgbImage(int width, int height, byte[] data) {

  /**
   * Checks that the array has the picture's size.
   *
   * @throws IllegalArgumentException if a side is below 1 or the array's length does not fit
   */
  public RgbImage {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture needs sides of at least 1, not " + width + "x" + height);
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
}
