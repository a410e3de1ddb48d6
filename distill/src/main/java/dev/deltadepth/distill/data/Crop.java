package dev.deltadepth.distill.data;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.recipe.Augmentation;
import java.util.Arrays;
import java.util.Random;

/**
 * A rectangle in a photo: position, rotation and mirroring. The same crop can be drawn at any
 * resolution, so teacher and student see the same part of the scene.
 *
 * @param centreX centre in the photo, in pixels
 * @param centreY centre in the photo, in pixels
 * @param width in the photo, in pixels, before rotation
 * @param height in the photo, in pixels, before rotation
 * @param angle of rotation, radians
 * @param mirrored whether left and right are swapped
 */
public record Crop(
    double centreX, double centreY, double width, double height, double angle, boolean mirrored) {

  /** How far the crop's aspect ratio may differ from the tensor's, as a factor. */
  private static final double STRETCH = 1.2;

  /** Positions between pixels are fixed-point numbers with this many steps: faster than floats. */
  private static final int FIXED = 256;

  /** The largest angle, radians: about six degrees. */
  private static final double MAX_ANGLE = 0.1;

  /**
   * A random crop with nearly the aspect ratio of a tensor: random size between {@code smallest}
   * and the largest that fits, random position, mirrored and slightly rotated with the given
   * probabilities.
   *
   * @param photo to crop
   * @param aspect width to height of the tensor to draw
   * @param smallest size of the smallest crop as a share of the largest, 0 to 1
   * @param augmentation gives the probabilities
   */
  public static Crop random(
      RgbImage photo, double aspect, double smallest, Augmentation augmentation, Random random) {
    double ratio = aspect * Math.pow(STRETCH, random.nextDouble() * 2 - 1);
    double angle =
        random.nextDouble() < augmentation.rotate() ? (random.nextDouble() * 2 - 1) * MAX_ANGLE : 0;
    double cos = Math.cos(angle);
    double sin = Math.abs(Math.sin(angle));
    // The rotated crop's bounding box has to fit: its sides per unit of crop height.
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

  /** The whole photo, unchanged. */
  public static Crop whole(int width, int height) {
    return new Crop(width / 2.0, height / 2.0, width, height, 0, false);
  }

  /**
   * Draws the crop, averaging as many bilinear samples per pixel as the reduction requires.
   *
   * @param photo that the crop was made for
   * @param out written at {@code offset} as [3, outHeight, outWidth], RGB in [0, 1]
   */
  public void draw(RgbImage photo, float[] out, int offset, int outHeight, int outWidth) {
    Grid grid = new Grid(this, outHeight, outWidth, 1, 1);
    byte[] data = photo.data();
    int[] tapX = fixed(grid.tapX);
    int[] tapY = fixed(grid.tapY);
    int lastX = (photo.width() - 1) * FIXED;
    int lastY = (photo.height() - 1) * FIXED;
    float scale = 1 / (255f * FIXED * FIXED * grid.samples());
    int plane = outHeight * outWidth;
    for (int i = 0; i < plane; i++) {
      int x = fixed(grid.x(i / outWidth, i % outWidth));
      int y = fixed(grid.y(i / outWidth, i % outWidth));
      long red = 0;
      long green = 0;
      long blue = 0;
      for (int tap = 0; tap < tapX.length; tap++) {
        int fx = Math.min(Math.max(x + tapX[tap], 0), lastX);
        int fy = Math.min(Math.max(y + tapY[tap], 0), lastY);
        int at = (fy / FIXED * photo.width() + fx / FIXED) * 3;
        int right = at + (fx < lastX ? 3 : 0);
        int down = fy < lastY ? photo.width() * 3 : 0;
        int wx = fx % FIXED;
        int wy = fy % FIXED;
        red += between(data, at, right, down, wx, wy);
        green += between(data, at + 1, right + 1, down, wx, wy);
        blue += between(data, at + 2, right + 2, down, wx, wy);
      }
      out[offset + i] = red * scale;
      out[offset + plane + i] = green * scale;
      out[offset + 2 * plane + i] = blue * scale;
    }
  }

  /**
   * Draws the crop from maps of the whole photo, as {@link #draw} does from the photo. A pixel to
   * which a NaN contributes becomes NaN.
   *
   * @param maps [channels, height, width] of the photo
   * @param photoWidth of the photo in pixels, the crop's unit
   * @param photoHeight of the photo
   * @param out written at {@code offset} as [channels, outHeight, outWidth]
   */
  public void draw(
      Planes maps,
      int photoWidth,
      int photoHeight,
      float[] out,
      int offset,
      int outHeight,
      int outWidth) {
    double scaleX = (double) maps.width() / photoWidth;
    double scaleY = (double) maps.height() / photoHeight;
    Grid grid = new Grid(this, outHeight, outWidth, scaleX, scaleY);
    float[] data = maps.data();
    float lastX = maps.width() - 1;
    float lastY = maps.height() - 1;
    int whole = maps.width() * maps.height();
    int plane = outHeight * outWidth;
    float[] sum = new float[maps.channels()];
    for (int i = 0; i < plane; i++) {
      double x = grid.x(i / outWidth, i % outWidth);
      double y = grid.y(i / outWidth, i % outWidth);
      Arrays.fill(sum, 0);
      for (int tap = 0; tap < grid.samples(); tap++) {
        float fx = clamp((float) (x + grid.tapX[tap]), lastX);
        float fy = clamp((float) (y + grid.tapY[tap]), lastY);
        int left = (int) fx;
        int top = (int) fy;
        int at = top * maps.width() + left;
        int right = at + (left < lastX ? 1 : 0);
        int down = top < lastY ? maps.width() : 0;
        for (int c = 0; c < sum.length; c++) {
          sum[c] += between(data, at + c * whole, right + c * whole, down, fx - left, fy - top);
        }
      }
      for (int c = 0; c < sum.length; c++) {
        out[offset + c * plane + i] = sum[c] / grid.samples();
      }
    }
  }

  /**
   * Draws the crop from maps of the whole photo, each pixel from the nearest value.
   *
   * @param maps [channels, height, width] of the photo
   * @param photoWidth of the photo in pixels, the crop's unit
   * @param photoHeight of the photo
   * @param out written at {@code offset} as [channels, outHeight, outWidth]
   */
  public void drawNearest(
      Planes maps,
      int photoWidth,
      int photoHeight,
      float[] out,
      int offset,
      int outHeight,
      int outWidth) {
    double scaleX = (double) maps.width() / photoWidth;
    double scaleY = (double) maps.height() / photoHeight;
    Grid grid = new Grid(this, outHeight, outWidth, scaleX, scaleY);
    int whole = maps.width() * maps.height();
    int plane = outHeight * outWidth;
    for (int i = 0; i < plane; i++) {
      // The grid is relative to the centre of the first pixel; a pixel's centre is half a step on.
      double centreX = grid.x(i / outWidth, i % outWidth) + grid.middleX();
      double centreY = grid.y(i / outWidth, i % outWidth) + grid.middleY();
      int x = Math.min(Math.max((int) Math.rint(centreX), 0), maps.width() - 1);
      int y = Math.min(Math.max((int) Math.rint(centreY), 0), maps.height() - 1);
      for (int c = 0; c < maps.channels(); c++) {
        out[offset + c * plane + i] = maps.data()[c * whole + y * maps.width() + x];
      }
    }
  }

  private static float clamp(float value, float last) {
    return Math.min(Math.max(value, 0), last);
  }

  private static int[] fixed(double[] values) {
    return Arrays.stream(values).mapToInt(Crop::fixed).toArray();
  }

  private static int fixed(double value) {
    return (int) Math.rint(value * FIXED);
  }

  /** Bilinear interpolation of four bytes, two of them {@code down} further on, times FIXED². */
  private static int between(byte[] data, int left, int right, int down, int wx, int wy) {
    int a = data[left] & 0xff;
    int b = data[right] & 0xff;
    int c = data[left + down] & 0xff;
    int d = data[right + down] & 0xff;
    int top = a * FIXED + wx * (b - a);
    int bottom = c * FIXED + wx * (d - c);
    return top * FIXED + wy * (bottom - top);
  }

  /** The same for floats. */
  private static float between(float[] data, int left, int right, int down, float wx, float wy) {
    float top = data[left] + wx * (data[right] - data[left]);
    float bottom = data[left + down] + wx * (data[right + down] - data[left + down]);
    return top + wy * (bottom - top);
  }

  /**
   * Where each pixel of a drawn crop samples an image scaled from the photo: a position relative to
   * the centre of the first pixel, and offsets of the taps around it.
   */
  private static final class Grid {
    private final double originX;
    private final double originY;
    private final double columnX;
    private final double columnY;
    private final double rowX;
    private final double rowY;
    private final double[] tapX;
    private final double[] tapY;

    Grid(Crop crop, int height, int width, double scaleX, double scaleY) {
      double stepX = crop.width / width;
      double stepY = crop.height / height;
      double cos = Math.cos(crop.angle);
      double sin = Math.sin(crop.angle);
      double forward = crop.mirrored ? -1 : 1;
      columnX = forward * stepX * cos * scaleX;
      columnY = forward * stepX * sin * scaleY;
      rowX = -stepY * sin * scaleX;
      rowY = stepY * cos * scaleY;
      originX = crop.centreX * scaleX - 0.5 - (width * columnX + height * rowX) / 2;
      originY = crop.centreY * scaleY - 0.5 - (width * columnY + height * rowY) / 2;
      int side = (int) Math.max(1, Math.ceil(Math.max(stepX * scaleX, stepY * scaleY) - 0.25));
      tapX = new double[side * side];
      tapY = new double[side * side];
      for (int i = 0; i < tapX.length; i++) {
        double column = (i % side + 0.5) / side;
        double row = (Math.floorDiv(i, side) + 0.5) / side;
        tapX[i] = column * columnX + row * rowX;
        tapY[i] = column * columnY + row * rowY;
      }
    }

    int samples() {
      return tapX.length;
    }

    /** From a pixel's corner to its centre. */
    double middleX() {
      return (columnX + rowX) / 2;
    }

    /** The same along the other axis. */
    double middleY() {
      return (columnY + rowY) / 2;
    }

    double x(int row, int column) {
      return originX + column * columnX + row * rowX;
    }

    double y(int row, int column) {
      return originY + column * columnY + row * rowY;
    }
  }
}
