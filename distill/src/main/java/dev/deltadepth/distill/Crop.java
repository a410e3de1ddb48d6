package dev.deltadepth.distill;

import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import java.util.Random;

/**
 * A window into a photo: where it lies, how it is turned, whether it is mirrored. The same window
 * can be drawn at any resolution, so that teacher and student see the same part of the world.
 *
 * @param centreX of the window in the photo, in pixels
 * @param centreY of the window in the photo, in pixels
 * @param width of the window in the photo, in pixels, before it is turned
 * @param height of the window in the photo, in pixels, before it is turned
 * @param angle by which it is turned, radians
 * @param mirrored whether left and right are swapped
 */
public record Crop(
    double centreX, double centreY, double width, double height, double angle, boolean mirrored) {

  /** How far the window's aspect ratio may stray from the tensor's, as a factor. */
  private static final double STRETCH = 1.2;

  /** The largest angle, radians: about six degrees. */
  private static final double MAX_ANGLE = 0.1;

  /**
   * A random window of nearly the aspect ratio of a tensor: a random size between {@code smallest}
   * and all that fits, a random place, mirrored and turned a little as often as asked for.
   *
   * @param photo to look into
   * @param aspect width by height of the tensor to be drawn
   * @param smallest size of the smallest window as a share of the largest, 0 to 1
   * @param augmentation says how often
   */
  static Crop random(
      RgbImage photo, double aspect, double smallest, Augmentation augmentation, Random random) {
    double ratio = aspect * Math.pow(STRETCH, random.nextDouble() * 2 - 1);
    double angle =
        random.nextDouble() < augmentation.rotate() ? (random.nextDouble() * 2 - 1) * MAX_ANGLE : 0;
    double cos = Math.cos(angle);
    double sin = Math.abs(Math.sin(angle));
    // The turned window's bounding box has to fit: its sides per unit of window height.
    double boxWidth = ratio * cos + sin;
    double boxHeight = ratio * sin + cos;
    double largest = Math.min(photo.width() / boxWidth, photo.height() / boxHeight);
    double height = largest * (smallest + (1 - smallest) * random.nextDouble());
    double freeX = photo.width() - height * boxWidth;
    double freeY = photo.height() - height * boxHeight;
    return new Crop(
        height * boxWidth / 2 + freeX * random.nextDouble(),
        height * boxHeight / 2 + freeY * random.nextDouble(),
        height * ratio,
        height,
        angle,
        random.nextDouble() < augmentation.mirror());
  }

  /** All of a photo as it is. */
  public static Crop whole(int width, int height) {
    return new Crop(width / 2.0, height / 2.0, width, height, 0, false);
  }

  /**
   * Draws the window, averaging as many bilinear samples a pixel as its reduction asks for.
   *
   * @param photo the photo it was made for
   * @param out written at {@code offset} as [3, outHeight, outWidth], RGB in [0, 1]
   */
  void draw(RgbImage photo, float[] out, int offset, int outHeight, int outWidth) {
    Grid grid = new Grid(this, outHeight, outWidth, 1, 1);
    int plane = outHeight * outWidth;
    float[] sum = new float[3];
    for (int i = 0; i < plane; i++) {
      sum[0] = sum[1] = sum[2] = 0;
      grid.visit(i / outWidth, i % outWidth, (x, y) -> add(photo, x, y, sum));
      for (int c = 0; c < 3; c++) {
        out[offset + c * plane + i] = sum[c] / (255f * grid.samples());
      }
    }
  }

  /**
   * Draws the window from maps of the whole photo, as {@link #draw} does from the photo. NaN
   * spreads to the pixels it takes part in.
   *
   * @param maps [channels, height, width] of the photo
   * @param photoWidth of the photo in pixels, as the window counts them
   * @param photoHeight of the photo
   * @param out written at {@code offset} as [channels, outHeight, outWidth]
   */
  void draw(
      Labeller.Map maps,
      int photoWidth,
      int photoHeight,
      float[] out,
      int offset,
      int outHeight,
      int outWidth) {
    double scaleX = (double) maps.width() / photoWidth;
    double scaleY = (double) maps.height() / photoHeight;
    Grid grid = new Grid(this, outHeight, outWidth, scaleX, scaleY);
    int plane = outHeight * outWidth;
    float[] sum = new float[maps.channels()];
    for (int i = 0; i < plane; i++) {
      Arrays.fill(sum, 0);
      grid.visit(i / outWidth, i % outWidth, (x, y) -> add(maps, x, y, sum));
      for (int c = 0; c < sum.length; c++) {
        out[offset + c * plane + i] = sum[c] / grid.samples();
      }
    }
  }

  /** Where to look for each pixel of a drawn window, in a picture scaled from the photo. */
  private static final class Grid {
    interface Visitor {
      void at(double x, double y);
    }

    private final Crop crop;
    private final double stepX;
    private final double stepY;
    private final double scaleX;
    private final double scaleY;
    private final int taps;
    private final double cos;
    private final double sin;

    Grid(Crop crop, int height, int width, double scaleX, double scaleY) {
      this.crop = crop;
      this.stepX = crop.width / width;
      this.stepY = crop.height / height;
      this.scaleX = scaleX;
      this.scaleY = scaleY;
      this.taps = (int) Math.max(1, Math.ceil(Math.max(stepX * scaleX, stepY * scaleY) - 0.25));
      this.cos = Math.cos(crop.angle);
      this.sin = Math.sin(crop.angle);
    }

    int samples() {
      return taps * taps;
    }

    void visit(int y, int x, Visitor visitor) {
      for (int row = 0; row < taps; row++) {
        double v = (y + (row + 0.5) / taps) * stepY - crop.height / 2;
        for (int column = 0; column < taps; column++) {
          double u = (x + (column + 0.5) / taps) * stepX - crop.width / 2;
          u = crop.mirrored ? -u : u;
          visitor.at(
              (crop.centreX + u * cos - v * sin) * scaleX,
              (crop.centreY + u * sin + v * cos) * scaleY);
        }
      }
    }
  }

  /** Adds the bilinear sample at a place; beyond the border the border's value. */
  private static void add(RgbImage photo, double x, double y, float[] sum) {
    float fx = (float) Math.min(Math.max(x - 0.5, 0), photo.width() - 1.0);
    float fy = (float) Math.min(Math.max(y - 0.5, 0), photo.height() - 1.0);
    int x0 = (int) fx;
    int y0 = (int) fy;
    float wx = fx - x0;
    float wy = fy - y0;
    int right = x0 + 1 < photo.width() ? 3 : 0;
    int below = y0 + 1 < photo.height() ? photo.width() * 3 : 0;
    byte[] data = photo.data();
    int at = (y0 * photo.width() + x0) * 3;
    for (int c = 0; c < 3; c++, at++) {
      float top = (data[at] & 0xff) + wx * ((data[at + right] & 0xff) - (data[at] & 0xff));
      float bottom =
          (data[at + below] & 0xff)
              + wx * ((data[at + below + right] & 0xff) - (data[at + below] & 0xff));
      sum[c] += top + wy * (bottom - top);
    }
  }

  /** The same from maps of floats. */
  private static void add(Labeller.Map maps, double x, double y, float[] sum) {
    float fx = (float) Math.min(Math.max(x - 0.5, 0), maps.width() - 1.0);
    float fy = (float) Math.min(Math.max(y - 0.5, 0), maps.height() - 1.0);
    int x0 = (int) fx;
    int y0 = (int) fy;
    float wx = fx - x0;
    float wy = fy - y0;
    int right = x0 + 1 < maps.width() ? 1 : 0;
    int below = y0 + 1 < maps.height() ? maps.width() : 0;
    float[] data = maps.data();
    int at = y0 * maps.width() + x0;
    for (int c = 0; c < sum.length; c++, at += maps.width() * maps.height()) {
      float top = data[at] + wx * (data[at + right] - data[at]);
      float bottom = data[at + below] + wx * (data[at + below + right] - data[at + below]);
      sum[c] += top + wy * (bottom - top);
    }
  }
}
