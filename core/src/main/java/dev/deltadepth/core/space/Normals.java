package dev.deltadepth.core.space;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which way the surface faces at every pixel: unit vectors with x to the right, y up and z towards
 * the viewer (OpenGL's convention). A wall seen head-on is (0, 0, 1), a floor (0, 1, 0). They do
 * not depend on the unit of the depth, but on the camera, and on the shift of a calibration.
 *
 * <p>The array is not copied: do not write to it after handing it over.
 *
 * @param width in pixels
 * @param height in pixels
 * @param data {@code height * width * 3} values, row-major, x y z; NaN where there is no depth
 */
public record Normals(int width, int height, float[] data) {
  /** Samples to each side of a pixel. */
  private static final int REACH = 2;

  /** One pixel between samples for every so many of the picture's shorter side. */
  private static final int PIXELS_PER_SPACING = 300;

  /** The most that a sample may leave the plane of its pixel, relative to its inverse depth. */
  private static final double THICKNESS = 0.02;

  /**
   * Checks that the array fits the size.
   *
   * @throws IllegalArgumentException if it does not
   */
  public Normals {
    if (width < 1 || height < 1 || data.length != Math.multiplyExact(width, height) * 3) {
      throw new IllegalArgumentException(
          data.length + " values do not make " + width + "x" + height + " normals");
    }
  }

  /**
   * The normals of a map of depth. In inverse depth every plane is a linear function of column and
   * row, so a linear function is fitted by least squares to 5 x 5 samples around each pixel that
   * lie on its surface; for planes the result is exact. Samples are a pixel apart, more in pictures
   * larger than {@value #PIXELS_PER_SPACING} pixels, which evens out the noise of networks.
   *
   * @param depth in metres or an unknown unit
   * @param camera of the same picture
   * @throws IllegalArgumentException if the map is disparity, or the sizes differ
   */
  public static Normals of(DepthMap depth, Camera camera) {
    int shorter = Math.min(depth.width(), depth.height());
    return of(depth, camera, Math.max(1, Math.round((float) shorter / PIXELS_PER_SPACING)));
  }

  /**
   * The same with a choice of how much is evened out.
   *
   * @param spacing pixels between samples, at least 1
   */
  public static Normals of(DepthMap depth, Camera camera, int spacing) {
    if (spacing < 1) {
      throw new IllegalArgumentException("the spacing must be at least 1, not " + spacing);
    }
    Surface surface = new Surface(depth, camera);
    int width = depth.width();
    int height = depth.height();
    float[] inverse = new float[width * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        inverse[i] = surface.has(x, y) ? 1 / depth.data()[i] : Float.NaN;
      }
    }
    Planes planes = new Planes(inverse, width, height, spacing);
    float[] data = new float[width * height * 3];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (Float.isNaN(inverse[i])) {
          Arrays.fill(data, 3 * i, 3 * i + 3, Float.NaN);
          continue;
        }
        planes.fit(x, y);
        // The plane is  w = a X + b Y + c  in directions X to the right, Y down; (a, b, c) is
        // normal
        // to it and points away from the viewer.
        double a = planes.alongRow * camera.fx();
        double b = planes.alongColumn * camera.fy();
        double c = planes.here - a * camera.right(x) + b * camera.up(y);
        double length = Math.sqrt(a * a + b * b + c * c);
        data[3 * i] = (float) (-a / length);
        data[3 * i + 1] = (float) (b / length);
        data[3 * i + 2] = (float) (c / length);
      }
    }
    return new Normals(width, height, data);
  }

  /** Fits linear functions of column and row to inverse depth. */
  private static final class Planes {
    private final float[] inverse;
    private final int width;
    private final int height;
    private final int spacing;
    double here;
    double alongRow;
    double alongColumn;

    Planes(float[] inverse, int width, int height, int spacing) {
      this.inverse = inverse;
      this.width = width;
      this.height = height;
      this.spacing = spacing;
    }

    void fit(int x, int y) {
      double middle = inverse[y * width + x];
      double guessX = slope(x, y, 1, 0);
      double guessY = slope(x, y, 0, 1);
      double limit = THICKNESS * middle;
      double n = 0;
      double sx = 0;
      double sy = 0;
      double sw = 0;
      double sxx = 0;
      double sxy = 0;
      double syy = 0;
      double sxw = 0;
      double syw = 0;
      for (int j = -REACH; j <= REACH; j++) {
        int row = y + j * spacing;
        if (row < 0 || row >= height) {
          continue;
        }
        for (int i = -REACH; i <= REACH; i++) {
          int column = x + i * spacing;
          if (column < 0 || column >= width) {
            continue;
          }
          double dx = i * spacing;
          double dy = j * spacing;
          // What is left of the guess is small, so nothing is lost to rounding.
          double rest = inverse[row * width + column] - middle - guessX * dx - guessY * dy;
          if (Math.abs(rest) <= limit) {
            n++;
            sx += dx;
            sy += dy;
            sw += rest;
            sxx += dx * dx;
            sxy += dx * dy;
            syy += dy * dy;
            sxw += dx * rest;
            syw += dy * rest;
          }
        }
      }
      here = middle;
      alongRow = guessX;
      alongColumn = guessY;
      double cxx = sxx - sx * sx / n;
      double cxy = sxy - sx * sy / n;
      double cyy = syy - sy * sy / n;
      double cxw = sxw - sx * sw / n;
      double cyw = syw - sy * sw / n;
      double determinant = cxx * cyy - cxy * cxy;
      if (determinant > 1e-9 * spacing * spacing * spacing * spacing) {
        double restX = (cxw * cyy - cyw * cxy) / determinant;
        double restY = (cyw * cxx - cxw * cxy) / determinant;
        here += (sw - restX * sx - restY * sy) / n;
        alongRow += restX;
        alongColumn += restY;
      }
    }

    /** The smaller of the slopes to both sides, because the other may cross an edge. */
    private double slope(int x, int y, int right, int down) {
      double before = difference(x, y, -right * spacing, -down * spacing);
      double after = difference(x, y, right * spacing, down * spacing);
      if (Double.isNaN(before) && Double.isNaN(after)) {
        return 0;
      }
      if (Double.isNaN(before)) {
        return after / spacing;
      }
      if (Double.isNaN(after)) {
        return -before / spacing;
      }
      return (Math.abs(before) < Math.abs(after) ? -before : after) / spacing;
    }

    private double difference(int x, int y, int right, int down) {
      int column = x + right;
      int row = y + down;
      return column < 0 || row < 0 || column >= width || row >= height
          ? Double.NaN
          : (double) inverse[row * width + column] - inverse[y * width + x];
    }
  }

  /** Component {@code c} (0 x, 1 y, 2 z) at column x and row y. */
  public float value(int x, int y, int c) {
    return data[(y * width + x) * 3 + c];
  }

  /** The vectors as an array, [H, W, 3]. */
  public FloatArray array() {
    return new FloatArray(new int[] {height, width, 3}, data);
  }

  /**
   * The usual picture of normals: red is x, green y, blue z, -1..1 as 0..255, so that a wall seen
   * head-on is (128, 128, 255). Black where there is none.
   */
  public RgbImage picture() {
    byte[] rgb = new byte[data.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (Float.isNaN(data[i]) ? 0 : Math.round((data[i] + 1) * 127.5f));
    }
    return new RgbImage(width, height, rgb);
  }

  /** Whether the other one has the same values; NaN equals NaN. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Normals that
        && width == that.width
        && height == that.height
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(data);
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "Normals[" + width + "x" + height + "]";
  }
}
