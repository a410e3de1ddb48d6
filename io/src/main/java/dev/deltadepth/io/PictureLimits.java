package dev.deltadepth.io;

import java.util.Locale;

/**
 * How large pictures may be.
 *
 * @param maxPixels the most pixels of the picture in memory, at least 1
 * @param reduce whether larger pictures are read at a half, a third and so on of their size, rather
 *     than refused
 */
public record PictureLimits(long maxPixels, boolean reduce) {

  /** Pictures of more than {@link ImageFiles#DEFAULT_MAX_PIXELS} pixels are refused. */
  public static final PictureLimits DEFAULT =
      new PictureLimits(ImageFiles.DEFAULT_MAX_PIXELS, false);

  /** The largest divisor of a picture's sides. */
  private static final int MOST = 64;

  /** Larger pictures are refused. */
  public static PictureLimits strict(long maxPixels) {
    return new PictureLimits(maxPixels, false);
  }

  /**
   * By how much both sides have to be divided for a picture to fit; 1 if it fits as it is.
   *
   * @param name what to call it in the message
   * @throws FileException if it does not fit and must not be reduced, or has no pixels
   */
  public int divisor(long width, long height, String name) {
    if (width < 1 || height < 1) {
      throw new FileException(name + " has no pixels; copy or export it again");
    }
    int divisor = 1;
    while (reduced(width, divisor) * reduced(height, divisor) > maxPixels) {
      if (!reduce || ++divisor > MOST) {
        throw new FileException(
            name
                + " has "
                + width
                + " x "
                + height
                + " pixels, more than the limit of "
                + maxPixels
                + ": make a smaller copy");
      }
    }
    return divisor;
  }

  /** A side after its division, rounded up. */
  public static long reduced(long side, int divisor) {
    return (side + divisor - 1) / divisor;
  }

  /** What to say of a reduced picture. */
  public static String note(String name, long width, long height, int divisor) {
    return String.format(
        Locale.ROOT,
        "%s has %d x %d pixels: it was read at 1/%d of that, and so large is its map",
        name,
        width,
        height,
        divisor);
  }
}
