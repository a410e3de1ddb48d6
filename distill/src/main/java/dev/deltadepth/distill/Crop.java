package dev.deltadepth.distill;

import dev.deltadepth.core.RgbImage;
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
record Crop(
    double centreX, double centreY, double width, double height, double angle, boolean mirrored) {

  /** How far the window's aspect ratio may stray from the tensor's, as a factor. */
  private static final double STRETCH = 1.2;

  /** The largest angle, radians: about six degrees. */
  private static final double MAX_ANGLE = 0.1;

  /**
   * A random window of nearly the aspect ratio of a tensor: a random size between {@code smallest}
   * and all that fits, a random place, mirrored half the time, turned a little every third time.
   *
   * @param photo to look into
   * @param aspect width by height of the tensor to be drawn
   * @param smallest size of the smallest window as a share of the largest, 0 to 1
   */
  static Crop random(RgbImage photo, double aspect, double smallest, Random random) {
    double ratio = aspect * Math.pow(STRETCH, random.nextDouble() * 2 - 1);
    double angle = random.nextInt(3) == 0 ? (random.nextDouble() * 2 - 1) * MAX_ANGLE : 0;
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
        random.nextBoolean());
  }

  /**
   * Draws the window, averaging as many bilinear samples a pixel as its reduction asks for.
   *
   * @param photo the photo it was made for
   * @param out written at {@code offset} as [3, outHeight, outWidth], RGB in [0, 1]
   */
  void draw(RgbImage photo, float[] out, int offset, int outHeight, int outWidth) {
    double stepX = width / outWidth;
    double stepY = height / outHeight;
    int taps = (int) Math.max(1, Math.ceil(Math.max(stepX, stepY) - 0.25));
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    int plane = outHeight * outWidth;
    float weight = 1f / (255 * taps * taps);
    float[] sum = new float[3];
    for (int y = 0; y < outHeight; y++) {
      for (int x = 0; x < outWidth; x++) {
        sum[0] = sum[1] = sum[2] = 0;
        for (int row = 0; row < taps; row++) {
          double v = (y + (row + 0.5) / taps) * stepY - height / 2;
          for (int column = 0; column < taps; column++) {
            double u = (x + (column + 0.5) / taps) * stepX - width / 2;
            u = mirrored ? -u : u;
            add(photo, centreX + u * cos - v * sin, centreY + u * sin + v * cos, sum);
          }
        }
        int at = offset + y * outWidth + x;
        out[at] = sum[0] * weight;
        out[at + plane] = sum[1] * weight;
        out[at + 2 * plane] = sum[2] * weight;
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
}
