package dev.deltadepth.distill.data;

import dev.deltadepth.core.RgbImage;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A crop of a photo together with the photo.
 *
 * @param contentHash SHA-256, in hex, of the photo's file
 * @param photo decoded
 * @param crop the visible part of the photo
 * @param inset a part of another photo that covers some of it, if any
 */
public record Window(String contentHash, RgbImage photo, Crop crop, Optional<Inset> inset) {

  /**
   * A rectangle that shows another window (Yun et al., CutMix, ICCV 2019). Its sides are shares of
   * the image's, so it covers the same part at every resolution.
   *
   * @param window shown in the rectangle, without an inset of its own
   * @param left of the rectangle, 0 to 1
   * @param top of the rectangle, 0 to 1
   * @param width of the rectangle, 0 to 1
   * @param height of the rectangle, 0 to 1
   */
  public record Inset(Window window, double left, double top, double width, double height) {

    /** Sides of an inset as shares of the image's. */
    private static final double SMALLEST = 0.25;

    private static final double LARGEST = 0.75;

    /** The window in a rectangle of random size and position. */
    public static Inset random(Window window, Random random) {
      double width = SMALLEST + (LARGEST - SMALLEST) * random.nextDouble();
      double height = SMALLEST + (LARGEST - SMALLEST) * random.nextDouble();
      return new Inset(
          window,
          (1 - width) * random.nextDouble(),
          (1 - height) * random.nextDouble(),
          width,
          height);
    }

    private void draw(float[] out, int offset, int height, int width) {
      int x = (int) Math.round(left * width);
      int y = (int) Math.round(top * height);
      int columns = Math.max(1, (int) Math.round(this.width * width));
      int rows = Math.max(1, (int) Math.round(this.height * height));
      float[] part = new float[3 * rows * columns];
      window.draw(part, 0, rows, columns);
      for (int row = 0; row < 3 * rows; row++) {
        int plane = row / rows;
        int to = offset + (plane * height + y + row % rows) * width + x;
        System.arraycopy(part, row * columns, out, to, columns);
      }
    }
  }

  /** A crop of a photo without an inset. */
  public Window(String contentHash, RgbImage photo, Crop crop) {
    this(contentHash, photo, crop, Optional.empty());
  }

  /** A whole photo. */
  public static Window whole(String contentHash, RgbImage photo) {
    return new Window(contentHash, photo, Crop.whole(photo.width(), photo.height()));
  }

  public Window with(Inset other) {
    return new Window(contentHash, photo, crop, Optional.of(other));
  }

  /**
   * Draws the window.
   *
   * @param out written at {@code offset} as [3, height, width], RGB in [0, 1]
   */
  public void draw(float[] out, int offset, int height, int width) {
    crop.draw(photo, out, offset, height, width);
    inset.ifPresent(other -> other.draw(out, offset, height, width));
  }

  /** Draws windows as [N, 3, height, width], RGB in [0, 1]. */
  public static float[] draw(List<Window> windows, int height, int width) {
    int values = 3 * height * width;
    float[] rgb = new float[windows.size() * values];
    for (int i = 0; i < windows.size(); i++) {
      windows.get(i).draw(rgb, i * values, height, width);
    }
    return rgb;
  }
}
