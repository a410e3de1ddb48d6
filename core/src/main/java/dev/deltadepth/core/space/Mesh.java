package dev.deltadepth.core.space;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A surface of triangles with the photo as its texture: x to the right, y up, z towards the viewer.
 * Triangles are counter-clockwise as seen by the camera.
 *
 * <p>The arrays are not copied: do not write to them after handing them over.
 *
 * @param metric whether places are in metres; otherwise their unit is unknown
 * @param positions {@code count * 3} values, x y z
 * @param normals {@code count * 3} values, x y z, unit vectors
 * @param texture {@code count * 2} values: column and row in the photo, 0..1 from its left upper
 *     corner
 * @param triangles three numbers of vertices a triangle
 */
public record Mesh(
    boolean metric, float[] positions, float[] normals, float[] texture, int[] triangles) {

  /** More vertices than this are refused: no viewer opens them. */
  public static final int MOST_VERTICES = 16_000_000;

  /**
   * Checks that the arrays fit each other.
   *
   * @throws IllegalArgumentException if they do not
   */
  public Mesh {
    if (positions.length % 3 != 0
        || normals.length != positions.length
        || texture.length / 2 != positions.length / 3
        || texture.length % 2 != 0
        || triangles.length % 3 != 0) {
      throw new IllegalArgumentException("the arrays of a mesh are of different lengths");
    }
  }

  /**
   * The surface that a map shows. It is cut between near and far things, and where there is no
   * depth.
   *
   * @param depth in metres or an unknown unit
   * @param photo the picture it belongs to, of the same size
   * @param camera of the same picture
   * @param stride a vertex every so many columns and rows, at least 1
   * @throws IllegalArgumentException if the map is disparity, sizes differ, the stride is below 1,
   *     there would be more than {@value #MOST_VERTICES} vertices, or no triangle is left
   */
  public static Mesh of(DepthMap depth, RgbImage photo, Camera camera, int stride) {
    Grid grid = new Grid(depth, photo, camera, stride);
    if (grid.size() > MOST_VERTICES) {
      throw new IllegalArgumentException(
          "a mesh of "
              + grid.size()
              + " vertices is too large (at most "
              + MOST_VERTICES
              + "): use a larger stride");
    }
    Surface surface = new Surface(depth, camera);
    Weave weave = new Weave(grid, surface);
    if (weave.corners == 0) {
      throw new IllegalArgumentException(noTriangle(grid));
    }
    int[] pixels = weave.pixels();
    float[] texture = new float[pixels.length * 2];
    for (int k = 0; k < pixels.length; k++) {
      int row = pixels[k] / depth.width();
      texture[2 * k] = (pixels[k] % depth.width() + 0.5f) / depth.width();
      texture[2 * k + 1] = (row + 0.5f) / depth.height();
    }
    return new Mesh(
        depth.kind() == Kind.METRES,
        grid.positions(surface, pixels),
        grid.normals(pixels),
        texture,
        weave.triangles());
  }

  private static String noTriangle(Grid grid) {
    DepthMap depth = grid.depth();
    if (depth.width() < 2 || depth.height() < 2) {
      return "a surface needs two columns and two rows of pixels at least, and the photo has "
          + depth.width()
          + "x"
          + depth.height()
          + " pixels; only points (ply) can be made of it";
    }
    return "no triangle is left: "
        + (grid.stride() > 1
            ? "use a smaller stride than " + grid.stride()
            : "no three neighbouring pixels have depths that belong together");
  }

  /** Joins neighbouring samples to triangles. */
  private static final class Weave {
    private final Grid grid;
    private final Surface surface;
    private final int[] numbers;
    private final int[] found;
    private int vertices;
    private int[] triangles;
    int corners;

    Weave(Grid grid, Surface surface) {
      this.grid = grid;
      this.surface = surface;
      numbers = new int[grid.size()];
      found = new int[grid.size()];
      triangles = new int[Math.max(3, Math.multiplyExact(grid.size(), 6))];
      for (int row = 0; row + 1 < grid.rows(); row++) {
        for (int column = 0; column + 1 < grid.columns(); column++) {
          square(column, row);
        }
      }
    }

    /** Of the two diagonals the one that jumps less. */
    private void square(int column, int row) {
      int topLeft = row * grid.columns() + column;
      int topRight = topLeft + 1;
      int bottomLeft = topLeft + grid.columns();
      int bottomRight = bottomLeft + 1;
      if (jump(topLeft, bottomRight) < jump(topRight, bottomLeft)) {
        triangle(topLeft, bottomLeft, bottomRight);
        triangle(topLeft, bottomRight, topRight);
      } else {
        triangle(topLeft, bottomLeft, topRight);
        triangle(topRight, bottomLeft, bottomRight);
      }
    }

    private double jump(int one, int other) {
      float a = grid.depth().value(x(one), y(one));
      float b = grid.depth().value(x(other), y(other));
      double jump = Math.abs(Math.log(a) - Math.log(b));
      return Double.isNaN(jump) ? Double.POSITIVE_INFINITY : jump;
    }

    private void triangle(int a, int b, int c) {
      if (has(a) && has(b) && has(c) && !torn(a, b) && !torn(b, c) && !torn(c, a)) {
        triangles[corners++] = number(a);
        triangles[corners++] = number(b);
        triangles[corners++] = number(c);
      }
    }

    private boolean has(int sample) {
      return surface.has(x(sample), y(sample));
    }

    private boolean torn(int one, int other) {
      return surface.torn(x(one), y(one), x(other), y(other));
    }

    /** A vertex gets its number when a triangle needs it. */
    private int number(int sample) {
      if (numbers[sample] == 0) {
        found[vertices] = sample;
        numbers[sample] = ++vertices;
      }
      return numbers[sample] - 1;
    }

    private int x(int sample) {
      return grid.left() + sample % grid.columns() * grid.stride();
    }

    private int y(int sample) {
      return grid.top() + sample / grid.columns() * grid.stride();
    }

    int[] pixels() {
      int[] pixels = new int[vertices];
      for (int k = 0; k < vertices; k++) {
        pixels[k] = y(found[k]) * grid.depth().width() + x(found[k]);
      }
      return pixels;
    }

    int[] triangles() {
      return Arrays.copyOf(triangles, corners);
    }
  }

  /** How many vertices there are. */
  public int vertexCount() {
    return positions.length / 3;
  }

  /** How many triangles there are. */
  public int triangleCount() {
    return triangles.length / 3;
  }

  /** Whether the other one has the same values in the same order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mesh that
        && metric == that.metric
        && Arrays.equals(positions, that.positions)
        && Arrays.equals(normals, that.normals)
        && Arrays.equals(texture, that.texture)
        && Arrays.equals(triangles, that.triangles);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(positions) + Arrays.hashCode(triangles);
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "Mesh[" + vertexCount() + " vertices, " + triangleCount() + " triangles]";
  }
}
