package dev.deltadepth.io;

import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * How large pictures may be.
 *
 * @param maxPixels the most pixels of the picture in memory, at least 1
 * @param maxSide the longest side of the picture in memory, in pixels, at least 1
 * @param reduce whether larger pictures are read at a half, a third and so on of their size, rather
 *     than refused
 * @param expected is told how many pixels a picture will have in memory, before they are decoded;
 *     what it throws, a {@link dev.deltadepth.core.DeltaException}, refuses the picture
 */
public record PictureLimits(long maxPixels, int maxSide, boolean reduce, LongConsumer expected) {

  /** Pictures of more than {@link ImageFiles#DEFAULT_MAX_PIXELS} pixels are refused. */
  public static final PictureLimits DEFAULT =
      new PictureLimits(ImageFiles.DEFAULT_MAX_PIXELS, false);

  /** The largest divisor of a picture's sides. */
  private static final int MOST = 64;

  /** Sides of any length, and nobody who is told. */
  public PictureLimits(long maxPixels, boolean reduce) {
    this(maxPixels, Integer.MAX_VALUE, reduce, pixels -> {});
  }

  /** Larger pictures are refused. */
  public static PictureLimits strict(long maxPixels) {
    return new PictureLimits(maxPixels, false);
  }

  /** The same with a longest side, in pixels. */
  public PictureLimits withMaxSide(int side) {
    return new PictureLimits(maxPixels, side, reduce, expected);
  }

  /** The same for somebody who is told how many pixels will be decoded, and may refuse them. */
  public PictureLimits telling(LongConsumer listener) {
    return new PictureLimits(maxPixels, maxSide, reduce, listener);
  }

  /**
   * By how much both sides have to be divided for a picture to fit; 1 if it fits as it is.
   *
   * @param name what to call it in the message
   * @throws FileException if it does not fit and must not be reduced, or has no pixels
   * @throws dev.deltadepth.core.DeltaException as {@link #expected} does
   */
  public int divisor(long width, long height, String name) {
    if (width < 1 || height < 1) {
      throw new FileException(name + " has no pixels; copy or export it again");
    }
    int divisor = 1;
    while (!fits(reduced(width, divisor), reduced(height, divisor))) {
      if (!reduce || ++divisor > MOST) {
        boolean tooLong = Math.max(width, height) > maxSide;
        throw new FileException(
            String.format(
                Locale.ROOT,
                "%s has %d x %d pixels, more than the limit of %d%s: make a smaller copy",
                name,
                width,
                height,
                tooLong ? maxSide : maxPixels,
                tooLong ? " a side" : ""));
      }
    }
    expected.accept(reduced(width, divisor) * reduced(height, divisor));
    return divisor;
  }

  private boolean fits(long width, long height) {
    return width <= maxSide && height <= maxSide && width * height <= maxPixels;
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
