package dev.deltadepth.core.space;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.Normalization;

/**
 * The two numbers that turn a map of disparity into depth: {@code 1 / (scale * disparity + shift)}.
 *
 * <p>They belong to one photo, or to a fixed camera whose maps are not stretched one by one.
 *
 * @param alignment scale and shift to inverse depth, the scale above 0
 * @param metric whether the depth is in metres; otherwise its unit is unknown
 */
public record Calibration(Alignment alignment, boolean metric) {

  /**
   * How many times as far as the nearest point the farthest one is taken to be, if nobody says:
   * between 2, which suits close-ups best, and 4, which suits streets (docs/evaluation.md).
   */
  public static final double DEFAULT_RATIO = 3;

  /**
   * Checks the scale.
   *
   * @throws IllegalArgumentException if a number is not finite or the scale is not above 0
   */
  public Calibration {
    if (!(alignment.scale() > 0)
        || Double.isInfinite(alignment.scale())
        || !Double.isFinite(alignment.shift())) {
      throw new IllegalArgumentException(
          "a calibration needs a scale above 0 and a shift, not " + alignment);
    }
  }

  /** In metres. */
  public static Calibration metric(double scale, double shift) {
    return new Calibration(new Alignment(scale, shift), true);
  }

  /**
   * From the distances of the nearest and the farthest point of the map.
   *
   * @param map disparity
   * @param near metres to its highest finite value, above 0
   * @param far metres to its lowest finite value, beyond {@code near}; may be infinite
   * @throws IllegalArgumentException if the distances are not in this order, or the map has no two
   *     different values
   */
  public static Calibration ofRange(DepthMap map, double near, double far) {
    if (!(near > 0 && far > near)) {
      throw new IllegalArgumentException(
          "near must be above 0 and far beyond it, not " + near + " and " + far);
    }
    return new Calibration(between(map, 1 / near, 1 / far), true);
  }

  /**
   * The rule for a map of which no distance is known: its farthest point is taken to be a fixed
   * number of times as far as its nearest one, whose distance becomes the unit. The order of things
   * is right; how deep the scene is compared with its width is a guess, and planes may bend.
   *
   * @param map disparity
   * @param ratio of the farthest to the nearest distance, above 1; may be infinite
   * @throws IllegalArgumentException if the ratio is out of range, or the map has no two different
   *     values
   */
  public static Calibration ofRatio(DepthMap map, double ratio) {
    if (!(ratio > 1)) {
      throw new IllegalArgumentException(
          "the farthest point must be more than 1 time as far as the nearest, not " + ratio);
    }
    return new Calibration(between(map, 1, 1 / ratio), false);
  }

  private static Alignment between(DepthMap map, double highest, double lowest) {
    if (!map.require(Kind.DISPARITY).varies()) {
      throw new IllegalArgumentException("the map has no two different values");
    }
    Normalization window = Normalization.of(map);
    double scale = (highest - lowest) / ((double) window.high() - window.low());
    return new Alignment(scale, lowest - scale * window.low());
  }

  /**
   * A map of depth.
   *
   * @param depth in metres or in an unknown unit; NaN where there is none
   * @param behind how many pixels got none because the fitted disparity is not above 0: they would
   *     be behind the camera
   */
  public record Depth(DepthMap depth, int behind) {}

  /** The distance at a value of disparity; NaN where it would not be in front of the camera. */
  public double depth(double disparity) {
    double inverse = alignment.apply(disparity);
    return inverse > 0 ? 1 / inverse : Double.NaN;
  }

  /**
   * The depth of a map of disparity.
   *
   * @throws IllegalArgumentException if the map is not disparity
   */
  public Depth apply(DepthMap map) {
    float[] values = map.require(Kind.DISPARITY).data();
    float[] depth = new float[values.length];
    int behind = 0;
    for (int i = 0; i < values.length; i++) {
      depth[i] = (float) depth(values[i]);
      if (!Float.isFinite(depth[i])) {
        depth[i] = Float.NaN;
        behind += Float.isNaN(values[i]) ? 0 : 1;
      }
    }
    Kind kind = metric ? Kind.METRES : Kind.RELATIVE_DEPTH;
    return new Depth(new DepthMap(kind, map.width(), map.height(), depth), behind);
  }
}
