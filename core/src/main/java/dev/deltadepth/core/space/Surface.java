package dev.deltadepth.core.space;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;

/**
 * Where the surface that a depth map shows is torn. From one pixel to the next the depth of a
 * surface changes by its slope; where the change is so large that the surface would be seen at less
 * than {@value #GRAZING} degrees, it is taken for the gap between a near and a far thing. Measured
 * so, soft edges are found as well, at any size of the picture.
 */
final class Surface {
  private static final double GRAZING = 2.5;
  private static final double STEEPEST = 1 / Math.tan(Math.toRadians(GRAZING));

  private final DepthMap depth;
  private final Camera camera;

  /**
   * @throws IllegalArgumentException if the map is disparity, or the camera's picture has another
   *     size
   */
  Surface(DepthMap depth, Camera camera) {
    if (depth.kind() == Kind.DISPARITY) {
      throw new IllegalArgumentException(
          "a map of depth is needed, not of disparity: apply a calibration");
    }
    this.depth = depth;
    this.camera = camera.require(depth.width(), depth.height());
  }

  /** Whether there is depth at a pixel: finite and in front of the camera. */
  boolean has(int x, int y) {
    float value = depth.value(x, y);
    return value > 0 && value < Float.POSITIVE_INFINITY;
  }

  /** Whether two pixels, both with depth, lie on different surfaces. */
  boolean torn(int x, int y, int otherX, int otherY) {
    double one = depth.value(x, y);
    double other = depth.value(otherX, otherY);
    double step = Math.hypot((otherX - x) / camera.fx(), (otherY - y) / camera.fy());
    return Math.abs(one - other) > Math.min(one, other) * step * STEEPEST;
  }

  /**
   * Whether a pixel hangs between a near and a far thing: the surface is torn on two opposite sides
   * and goes on in the same direction, along a row or a column. A wire before a wall is not meant.
   */
  boolean flies(int x, int y) {
    return between(x, y, 1, 0) || between(x, y, 0, 1);
  }

  private boolean between(int x, int y, int right, int down) {
    int beforeX = x - right;
    int beforeY = y - down;
    int afterX = x + right;
    int afterY = y + down;
    if (beforeX < 0 || beforeY < 0 || afterX >= depth.width() || afterY >= depth.height()) {
      return false;
    }
    if (!has(beforeX, beforeY) || !has(afterX, afterY)) {
      return false;
    }
    float here = depth.value(x, y);
    boolean same = depth.value(beforeX, beforeY) < here == here < depth.value(afterX, afterY);
    return same && torn(beforeX, beforeY, x, y) && torn(x, y, afterX, afterY);
  }

  /** The place of a pixel in the scene: x right, y up, z towards the viewer. */
  void place(int x, int y, float[] to, int at) {
    double z = depth.value(x, y);
    to[at] = (float) (camera.right(x) * z);
    to[at + 1] = (float) (camera.up(y) * z);
    to[at + 2] = (float) -z;
  }
}
