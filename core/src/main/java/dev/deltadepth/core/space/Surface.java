package dev.deltadepth.core.space;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;

/**
 * Where the surface that a depth map shows is torn. From one pixel to the next the depth of a
 * surface changes by its slope; where the change is so large that the surface would be seen at less
 * than {@value #GRAZING} degrees, it is taken for the gap between a near and a far thing. Measured
 * so, it does not depend on the size of the picture.
 *
 * <p>Maps of networks have soft edges: ramps between near and far that are only some pixels wide. A
 * surface seen at less than {@value #OBLIQUE} degrees is therefore torn as well if it jumps there,
 * unless it goes on as it is on both sides, as a road does and a ramp does not. (Inverse depth is
 * what goes on evenly: on planes it is linear.)
 */
final class Surface {
  private static final double GRAZING = 1.5;
  private static final double OBLIQUE = 9;
  private static final double STEEPEST = 1 / Math.tan(Math.toRadians(GRAZING));
  private static final double STEEP = 1 / Math.tan(Math.toRadians(OBLIQUE));

  /** A ramp ends within this share of the picture's shorter side. */
  private static final double RAMP = 0.03;

  /** In small pictures, within so many pixels. */
  private static final double SHORTEST = 4;

  /** The least share of the expected change that a surface which goes on shows. */
  private static final double GOES_ON = 0.3;

  /**
   * The least share of its distance by which a surface jumps at a tear: what changes by less within
   * a ramp's length is a fold, or a ripple that the network saw in a pattern.
   */
  private static final double LEAST_JUMP = 0.1;

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
    double slope = Math.abs(one - other) / (Math.min(one, other) * step);
    return slope > STEEPEST
        || (slope > STEEP && jumps(x, y, otherX, otherY) && !goesOn(x, y, otherX, otherY));
  }

  /** Whether the distance changes much from the one side of a ramp to the other. */
  private boolean jumps(int x, int y, int otherX, int otherY) {
    int right = otherX - x;
    int down = otherY - y;
    int most = steps(right, down);
    int before = inside(x, y, -right, -down, most);
    int after = inside(otherX, otherY, right, down, most);
    double one = inverse(x - before * right, y - before * down);
    double other = inverse(otherX + after * right, otherY + after * down);
    return Math.abs(one - other) > LEAST_JUMP * Math.max(one, other);
  }

  /** How many steps lead out of a ramp. */
  private int steps(int right, int down) {
    return (int) Math.ceil(ramp() / Math.max(Math.abs(right), Math.abs(down)));
  }

  /** How many pixels a ramp between near and far is long at most. */
  double ramp() {
    return Math.max(SHORTEST, RAMP * Math.min(depth.width(), depth.height()));
  }

  private boolean goesOn(int x, int y, int otherX, int otherY) {
    int right = otherX - x;
    int down = otherY - y;
    double change = inverse(otherX, otherY) - inverse(x, y);
    return goesOn(x, y, -right, -down, -change) && goesOn(otherX, otherY, right, down, change);
  }

  private boolean goesOn(int x, int y, int right, int down, double change) {
    int steps = inside(x, y, right, down, steps(right, down));
    double found = inverse(x + steps * right, y + steps * down) - inverse(x, y);
    return steps == 0 || found / (change * steps) >= GOES_ON;
  }

  /** How many steps stay inside the picture. */
  private int inside(int x, int y, int right, int down, int most) {
    int steps = most;
    if (right != 0) {
      steps = Math.min(steps, (right > 0 ? depth.width() - 1 - x : x) / Math.abs(right));
    }
    if (down != 0) {
      steps = Math.min(steps, (down > 0 ? depth.height() - 1 - y : y) / Math.abs(down));
    }
    return steps;
  }

  /** 0, infinitely far, where there is no depth. */
  private double inverse(int x, int y) {
    return has(x, y) ? 1.0 / depth.value(x, y) : 0;
  }

  /**
   * Whether a pixel hangs between a near and a far thing: the surface is torn on two opposite sides
   * and goes on in the same direction, along a row or a column. A wire before a wall is not meant.
   */
  boolean flies(int x, int y) {
    return flies(x, y, 1);
  }

  /** The same among the pixels that are some columns or rows away. */
  boolean flies(int x, int y, int step) {
    return between(x, y, step, 0) || between(x, y, 0, step);
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
