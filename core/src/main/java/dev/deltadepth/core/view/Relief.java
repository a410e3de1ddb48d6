package dev.deltadepth.core.view;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A {@link LayeredPhoto} as triangles, for graphics processors: each layer has a vertex a pixel,
 * and is cut where depth jumps. Vertices say where they are in the photo and how near; who draws
 * moves them by their nearness, as {@link Orbit} does.
 *
 * @param width columns of vertices
 * @param height rows of vertices
 * @param front what the photo shows
 * @param back what may be behind it; only where that is something else
 * @param behind the colours of the back, of the photo's size
 */
public record Relief(int width, int height, Layer front, Layer back, RgbImage behind) {
  private static final int VALUES = 3;
  private static final int CORNERS = 4;

  /** A cut cell's corners in the order of their squares, as steps from its first vertex. */
  private static final int[][] STEPS = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};

  /**
   * Vertices and triangles.
   *
   * @param vertices three values each: column and row as shares of the photo, 0..1 from its left
   *     upper corner, and nearness, 0..1
   * @param triangles three numbers of vertices each, counter-clockwise as seen
   */
  public record Layer(float[] vertices, int[] triangles) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Layer that
          && Arrays.equals(vertices, that.vertices)
          && Arrays.equals(triangles, that.triangles);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(vertices) + Arrays.hashCode(triangles);
    }

    /** Says what it is without its values. */
    @Override
    public String toString() {
      return "Layer["
          + vertices.length / VALUES
          + " vertices, "
          + triangles.length / 3
          + " triangles]";
    }
  }

  /**
   * Builds the layers.
   *
   * @param photo of at least 2x2 pixels, a vertex for each
   * @param map of the photo's size and any kind
   * @param amount how far the nearest will move against the farthest, in percent of the longer
   *     side, above 0
   * @throws IllegalArgumentException if the sizes differ or are too small, or the amount is not
   *     above 0
   */
  public static Relief of(RgbImage photo, DepthMap map, double amount) {
    if (photo.width() < 2 || photo.height() < 2 || !(amount > 0)) {
      throw new IllegalArgumentException(
          "a relief needs two columns, two rows and an amount above 0, not "
              + photo.width()
              + "x"
              + photo.height()
              + " and "
              + amount);
    }
    double shift = amount / 100 * Math.max(photo.width(), photo.height());
    LayeredPhoto layers = LayeredPhoto.of(photo, map, (int) Math.ceil(shift) + 2);
    float cut = Edges.cut(photo.width(), (float) shift);
    Weaver weaver = new Weaver(photo.width(), photo.height(), cut);
    return new Relief(
        photo.width(),
        photo.height(),
        weaver.weave(layers.front(), layers.front(), false),
        weaver.weave(layers.back(), layers.front(), true),
        new RgbImage(photo.width(), photo.height(), layers.behind()));
  }

  private record Weaver(int columns, int rows, float cut) {

    /** The cells of a layer; of a hidden one only those that differ from the front. */
    Layer weave(float[] depth, float[] front, boolean isHidden) {
      int cells = 0;
      int cuts = 0;
      for (int y = 0; y + 1 < rows; y++) {
        for (int x = 0; x + 1 < columns; x++) {
          if (!isHidden || differs(depth, front, y * columns + x)) {
            cells++;
            cuts += isCut(depth, y * columns + x) ? 1 : 0;
          }
        }
      }
      int whole = columns * rows;
      float[] vertices = new float[VALUES * (whole + CORNERS * CORNERS * cuts)];
      int[] triangles = new int[6 * (cells - cuts) + 6 * CORNERS * cuts];
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          vertex(vertices, y * columns + x, x, y, depth[y * columns + x]);
        }
      }
      int next = whole;
      int corner = 0;
      for (int y = 0; y + 1 < rows; y++) {
        for (int x = 0; x + 1 < columns; x++) {
          int i = y * columns + x;
          if (isHidden && !differs(depth, front, i)) {
            continue;
          }
          if (isCut(depth, i)) {
            for (int[] step : STEPS) {
              float near = depth[i + step[1] * columns + step[0]];
              for (int[] half : STEPS) {
                float across = x + (step[0] + half[0]) / 2f;
                float down = y + (step[1] + half[1]) / 2f;
                vertex(vertices, next + half[1] * 2 + half[0], across, down, near);
              }
              corner = square(triangles, corner, next, next + 1, next + 2, next + 3);
              next += CORNERS;
            }
          } else {
            corner = square(triangles, corner, i, i + 1, i + columns, i + columns + 1);
          }
        }
      }
      return new Layer(vertices, triangles);
    }

    private void vertex(float[] vertices, int number, float x, float y, float near) {
      vertices[VALUES * number] = (x + 0.5f) / columns;
      vertices[VALUES * number + 1] = (y + 0.5f) / rows;
      vertices[VALUES * number + 2] = near;
    }

    private static int square(int[] triangles, int at, int a, int b, int c, int d) {
      triangles[at] = a;
      triangles[at + 1] = c;
      triangles[at + 2] = b;
      triangles[at + 3] = b;
      triangles[at + 4] = c;
      triangles[at + 5] = d;
      return at + 6;
    }

    private boolean isCut(float[] depth, int i) {
      float a = depth[i];
      float b = depth[i + 1];
      float c = depth[i + columns];
      float d = depth[i + columns + 1];
      float low = Math.min(Math.min(a, b), Math.min(c, d));
      float high = Math.max(Math.max(a, b), Math.max(c, d));
      return high - low > cut;
    }

    private boolean differs(float[] depth, float[] front, int i) {
      return depth[i] != front[i]
          || depth[i + 1] != front[i + 1]
          || depth[i + columns] != front[i + columns]
          || depth[i + columns + 1] != front[i + columns + 1];
    }
  }
}
