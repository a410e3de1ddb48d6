package dev.deltadepth.core.space;

import dev.deltadepth.core.DepthMap;
import java.util.List;

/**
 * Metres in a photo: how far points are, and how far apart, once something in it is known.
 *
 * <pre>{@code
 * Ruler ruler = Ruler.ofDistances(map, camera, List.of(door, wall));
 * double metres = ruler.between(120, 300, 480, 310);
 * }</pre>
 */
public final class Ruler {
  private final DepthMap map;
  private final Camera camera;
  private final Calibration calibration;

  private Ruler(DepthMap map, Camera camera, Calibration calibration) {
    camera.require(map.width(), map.height());
    this.map = map;
    this.camera = camera;
    this.calibration = calibration;
  }

  /**
   * From the distances of some points.
   *
   * @param map disparity
   * @param camera of the map's size
   * @throws IllegalArgumentException as {@link Fit#of} says, or if the camera is that of another
   *     size
   */
  public static Ruler ofDistances(DepthMap map, Camera camera, List<Fit.Point> points) {
    return new Ruler(map, camera, Fit.of(map, points).calibration());
  }

  /**
   * From one length between two points. How deep the scene is compared with its width is a guess
   * then ({@link Calibration#DEFAULT_RATIO}): lengths across the view are better than those into
   * it.
   *
   * @param map disparity
   * @param camera of the map's size
   * @param metres between the two points, above 0
   * @throws IllegalArgumentException if the length is not above 0, the points are the same place or
   *     outside of the map, the map has no two different values, or the camera is that of another
   *     size
   */
  public static Ruler ofLength(
      DepthMap map, Camera camera, int x1, int y1, int x2, int y2, double metres) {
    if (!(metres > 0) || Double.isInfinite(metres)) {
      throw new IllegalArgumentException("a length must be above 0 metres, not " + metres);
    }
    Calibration guess = Calibration.ofRatio(map, Calibration.DEFAULT_RATIO);
    double units = new Ruler(map, camera, guess).between(x1, y1, x2, y2);
    if (!(units > 0)) {
      throw new IllegalArgumentException("the two ends of a length must be different places");
    }
    double unit = metres / units;
    return new Ruler(
        map,
        camera,
        Calibration.metric(guess.alignment().scale() / unit, guess.alignment().shift() / unit));
  }

  /** What turns the map into metres. */
  public Calibration calibration() {
    return calibration;
  }

  /**
   * How far a point is.
   *
   * @param x column of the pixel, from 0
   * @param y row of the pixel, from 0
   * @return metres along the optical axis; NaN where the map says nothing, or where the point would
   *     not be in front of the camera
   * @throws IllegalArgumentException if the point is outside of the map
   */
  public double distance(int x, int y) {
    if (x < 0 || y < 0 || x >= map.width() || y >= map.height()) {
      throw new IllegalArgumentException(
          "the point "
              + x
              + ", "
              + y
              + " is outside of a map of "
              + map.width()
              + "x"
              + map.height());
    }
    return calibration.depth(map.value(x, y));
  }

  /**
   * How far two points are apart, in a straight line.
   *
   * @return metres; NaN as in {@link #distance}
   * @throws IllegalArgumentException if a point is outside of the map
   */
  public double between(int x1, int y1, int x2, int y2) {
    double one = distance(x1, y1);
    double other = distance(x2, y2);
    double right = one * camera.right(x1) - other * camera.right(x2);
    double up = one * camera.up(y1) - other * camera.up(y2);
    return Math.hypot(Math.hypot(right, up), one - other);
  }
}
