package dev.deltadepth.core;

/**
 * The size at which a network sees a picture: the aspect ratio is kept, the shorter side is scaled
 * to the native size, and both sides are rounded to a multiple of the network's stride. Nothing is
 * padded, because networks read black borders as near.
 *
 * @param width columns of the network's input
 * @param height rows of the network's input
 */
public record InputSize(int width, int height) {
  /**
   * The longest side in shorter sides. Longer photos are squeezed: attention grows with the square
   * of the length, and a strip gains nothing from it.
   */
  private static final int LONGEST = 8;

  /**
   * The size for a photo of any shape. A photo more than eight times as long as wide is squeezed to
   * eight times.
   *
   * @param photoWidth the photo's width in pixels
   * @param photoHeight the photo's height in pixels
   * @param shorterSide the native size in pixels; the shorter side becomes its nearest multiple
   * @param multiple both sides are multiples of it, at least one of them
   * @throws IllegalArgumentException if any argument is below 1
   */
  public static InputSize ofPhoto(int photoWidth, int photoHeight, int shorterSide, int multiple) {
    long longest = (long) LONGEST * Math.min(photoWidth, photoHeight);
    return of(
        (int) Math.min(photoWidth, longest),
        (int) Math.min(photoHeight, longest),
        shorterSide,
        multiple);
  }

  /**
   * The size for a picture.
   *
   * @param imageWidth the picture's width in pixels
   * @param imageHeight the picture's height in pixels
   * @param shorterSide the native size in pixels; the shorter side becomes its nearest multiple
   * @param multiple both sides are multiples of it, at least one of them
   * @throws IllegalArgumentException if any argument is below 1
   */
  public static InputSize of(int imageWidth, int imageHeight, int shorterSide, int multiple) {
    if (imageWidth < 1 || imageHeight < 1 || shorterSide < 1 || multiple < 1) {
      throw new IllegalArgumentException("sides, native size and multiple must all be at least 1");
    }
    double scale = (double) shorterSide / Math.min(imageWidth, imageHeight);
    return new InputSize(
        nearest(imageWidth * scale, multiple), nearest(imageHeight * scale, multiple));
  }

  /**
   * The size for a picture whose longer side is given.
   *
   * @param longerSide in pixels; the longer side becomes its nearest multiple
   * @throws IllegalArgumentException if any argument is below 1
   */
  public static InputSize ofLongerSide(
      int imageWidth, int imageHeight, int longerSide, int multiple) {
    if (imageWidth < 1 || imageHeight < 1 || longerSide < 1 || multiple < 1) {
      throw new IllegalArgumentException("sides, native size and multiple must all be at least 1");
    }
    double scale = (double) longerSide / Math.max(imageWidth, imageHeight);
    return new InputSize(
        nearest(imageWidth * scale, multiple), nearest(imageHeight * scale, multiple));
  }

  private static int nearest(double side, int multiple) {
    return Math.max(1, (int) Math.round(side / multiple)) * multiple;
  }
}
