package dev.deltadepth.core.space;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Points with colours and normals, at their places before the camera: x to the right, y up, z
 * towards the viewer.
 *
 * <p>The arrays are not copied: do not write to them after handing them over.
 *
 * @param metric whether places are in metres; otherwise their unit is unknown
 * @param positions {@code count * 3} values, x y z
 * @param normals {@code count * 3} values, x y z, unit vectors
 * @param colours {@code count * 3} bytes, R G B
 */
public record PointCloud(boolean metric, float[] positions, float[] normals, byte[] colours) {
  /** So many points every viewer turns smoothly. */
  public static final int MOST_POINTS = 1_000_000;

  /** Fewer points show nothing: three span a plane. */
  private static final int LEAST_POINTS = 3;

  /**
   * Checks that the arrays fit each other.
   *
   * @throws IllegalArgumentException if they do not
   */
  public PointCloud {
    if (positions.length % 3 != 0
        || normals.length != positions.length
        || colours.length != positions.length) {
      throw new IllegalArgumentException(
          "positions, normals and colours must be of as many points, not "
              + positions.length
              + ", "
              + normals.length
              + " and "
              + colours.length
              + " values");
    }
  }

  /**
   * The points that a map shows. Pixels without depth are left out, and those that hang in the air
   * between a near and a far thing.
   *
   * @param depth in metres or an unknown unit
   * @param photo the picture it belongs to, of the same size
   * @param camera of the same picture
   * @param stride take every so many columns and rows, at least 1
   * @throws IllegalArgumentException if the map is disparity, sizes differ, the stride is below 1,
   *     or fewer than {@value #LEAST_POINTS} points are left
   */
  public static PointCloud of(DepthMap depth, RgbImage photo, Camera camera, int stride) {
    Grid grid = new Grid(depth, photo, camera, stride);
    Surface surface = new Surface(depth, camera);
    int[] pixels = new int[grid.size()];
    int count = 0;
    for (int y = grid.top(); y < depth.height(); y += stride) {
      for (int x = grid.left(); x < depth.width(); x += stride) {
        if (surface.has(x, y) && !surface.flies(x, y)) {
          pixels[count++] = y * depth.width() + x;
        }
      }
    }
    if (count < LEAST_POINTS) {
      throw new IllegalArgumentException(tooFew(count, stride));
    }
    int[] taken = Arrays.copyOf(pixels, count);
    return new PointCloud(
        depth.kind() == Kind.METRES,
        grid.positions(surface, taken),
        grid.normals(taken),
        grid.colours(taken));
  }

  private static String tooFew(int count, int stride) {
    String left =
        (count == 0
                ? "no point is"
                : count == 1 ? "only 1 point is" : "only " + count + " points are")
            + " left, and a point cloud has at least "
            + LEAST_POINTS
            + ": ";
    return left
        + (stride > 1
            ? "use a smaller stride than " + stride
            : "the map has depth at too few pixels");
  }

  /**
   * The smallest stride that leaves at most {@link #MOST_POINTS} points of a map.
   *
   * @param width the map's width in pixels, at least 1
   * @param height the map's height in pixels, at least 1
   * @return in columns and rows, at least 1
   */
  public static int strideFor(int width, int height) {
    int stride = 1;
    while ((long) ((width - 1) / stride + 1) * ((height - 1) / stride + 1) > MOST_POINTS) {
      stride++;
    }
    return stride;
  }

  /** How many points there are. */
  public int count() {
    return positions.length / 3;
  }

  /** Whether the other one has the same points in the same order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PointCloud that
        && metric == that.metric
        && Arrays.equals(positions, that.positions)
        && Arrays.equals(normals, that.normals)
        && Arrays.equals(colours, that.colours);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(positions) + Arrays.hashCode(colours);
  }

  /** Says what it is without its points. */
  @Override
  public String toString() {
    return "PointCloud[" + count() + " points" + (metric ? " in metres]" : "]");
  }
}
