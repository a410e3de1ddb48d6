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
  /** One pixel between samples for every so many of the picture's shorter side. */
  private static final int PIXELS_PER_SPACING = 300;

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
   * larger than {@value #PIXELS_PER_SPACING} pixels, which evens out the noise of networks. On soft
   * edges between near and far there is no surface; their pixels take the normal of one side.
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
    PlaneFit planes = new PlaneFit(inverse, width, height, spacing);
    boolean[] lost = new boolean[width * height];
    float[] data = new float[width * height * 3];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (Float.isNaN(inverse[i])) {
          Arrays.fill(data, 3 * i, 3 * i + 3, Float.NaN);
          continue;
        }
        planes.fit(x, y);
        lost[i] = !planes.supported || surface.flies(x, y, spacing);
        // The plane is  w = a X + b Y + c  in directions X to the right, Y down; (a, b, c) is
        // normal to it and points away from the viewer.
        double a = planes.alongRow * camera.fx();
        double b = planes.alongColumn * camera.fy();
        double c = planes.here - a * camera.right(x) + b * camera.up(y);
        double length = Math.sqrt(a * a + b * b + c * c);
        data[3 * i] = (float) (-a / length);
        data[3 * i + 1] = (float) (b / length);
        data[3 * i + 2] = (float) (c / length);
      }
    }
    mend(data, inverse, lost, width, (int) Math.ceil(surface.ramp()));
    return new Normals(width, height, data);
  }

  /**
   * Pixels on the ramp between a near and a far thing, and others whose neighbours lie on no common
   * plane with them, take the normal of the thing beside them that is nearest to their own depth.
   */
  private static void mend(float[] data, float[] inverse, boolean[] lost, int width, int reach) {
    int height = lost.length / width;
    for (int i = 0; i < lost.length; i++) {
      if (lost[i]) {
        int x = i % width;
        int y = i / width;
        int[] beside = {
          found(lost, inverse, i, -1, Math.min(reach, x)),
          found(lost, inverse, i, 1, Math.min(reach, width - 1 - x)),
          found(lost, inverse, i, -width, Math.min(reach, y)),
          found(lost, inverse, i, width, Math.min(reach, height - 1 - y))
        };
        int best = -1;
        for (int found : beside) {
          if (found >= 0 && (best < 0 || away(inverse, found, i) < away(inverse, best, i))) {
            best = found;
          }
        }
        if (best >= 0) {
          System.arraycopy(data, 3 * best, data, 3 * i, 3);
        }
      }
    }
  }

  private static float away(float[] inverse, int one, int other) {
    return Math.abs(inverse[one] - inverse[other]);
  }

  /** The first pixel in a direction that is not lost; -1 if there is none. */
  private static int found(boolean[] lost, float[] inverse, int from, int step, int most) {
    for (int k = 1; k <= most; k++) {
      int at = from + k * step;
      if (Float.isNaN(inverse[at])) {
        return -1;
      }
      if (!lost[at]) {
        return at;
      }
    }
    return -1;
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
