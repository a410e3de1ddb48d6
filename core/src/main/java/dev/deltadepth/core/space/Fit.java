package dev.deltadepth.core.space;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A calibration found from known distances, and how well it fits them.
 *
 * <p>Scale and shift are those of least squares in disparity, {@code sum (s p + t - 1/g)^2}, as in
 * the evaluation of maps. If, from five points on, one is then off by more than a factor of {@value
 * #GROSS}, those that do not fit are looked for by least median of squares (Rousseeuw, 1984: the
 * line through two points that the nearer half of all points is nearest to) and left out. Only
 * gross errors are: a mistyped distance, a wrong pixel. Maps are not exact, and leaving out more
 * makes metres worse (docs/evaluation.md).
 *
 * @param calibration in metres
 * @param residuals one a point, in their order
 */
public record Fit(Calibration calibration, List<Residual> residuals) {
  /** The factor by which the distance of a point may always be off. */
  public static final double GROSS = 2;

  private static final int FEWEST_TO_REJECT = 5;
  private static final int MOST_PAIRS = 2000;
  private static final int SAMPLES = 1000;

  /** Copies the list. */
  public Fit {
    residuals = List.copyOf(residuals);
  }

  /**
   * A place in a map whose distance is known.
   *
   * @param name what to call it in messages
   * @param x column of the pixel, from 0
   * @param y row of the pixel, from 0
   * @param metres its distance along the optical axis, above 0
   */
  public record Point(String name, int x, int y, double metres) {
    /**
     * Checks the distance.
     *
     * @throws IllegalArgumentException if it is not above 0 and finite
     */
    public Point {
      if (!(metres > 0) || Double.isInfinite(metres)) {
        throw new IllegalArgumentException(
            name + ": a distance must be above 0 metres, not " + metres);
      }
    }
  }

  /**
   * How a point fits.
   *
   * @param fitted metres that the calibration gives; NaN if the point would be behind the camera
   * @param used whether the point took part; otherwise it does not fit the others
   */
  public record Residual(Point point, double fitted, boolean used) {
    /** How far the fitted distance is off, as a share of the given one; 0.1 is 10 % too far. */
    public double error() {
      return fitted / point.metres() - 1;
    }
  }

  /**
   * Fits scale and shift to points.
   *
   * @param map disparity
   * @param points at least two, at different distances
   * @throws IllegalArgumentException if there are too few points, one lies outside of the map or
   *     where it has no value, they cannot tell scale and shift, or nearer points are farther in
   *     the map
   */
  public static Fit of(DepthMap map, List<Point> points) {
    map.require(Kind.DISPARITY);
    if (points.size() < 2) {
      throw new IllegalArgumentException(
          "at least two points are needed for scale and shift, not " + points.size());
    }
    double[] values = new double[points.size()];
    double[] targets = new double[points.size()];
    for (int i = 0; i < values.length; i++) {
      Point point = points.get(i);
      values[i] = value(map, point);
      targets[i] = 1 / point.metres();
    }
    requireDifferent(values, "all points have the same value in the map");
    requireDifferent(targets, "all points have the same distance");
    boolean[] used = inliers(values, targets);
    Calibration calibration = calibration(leastSquares(values, targets, used));
    List<Residual> residuals = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      residuals.add(new Residual(points.get(i), calibration.depth(values[i]), used[i]));
    }
    return new Fit(calibration, residuals);
  }

  private static double value(DepthMap map, Point point) {
    if (point.x() < 0 || point.y() < 0 || point.x() >= map.width() || point.y() >= map.height()) {
      throw new IllegalArgumentException(
          point.name()
              + " lies outside of the map: columns are 0 to "
              + (map.width() - 1)
              + ", rows 0 to "
              + (map.height() - 1)
              + ", and it is at "
              + point.x()
              + ", "
              + point.y());
    }
    float value = map.value(point.x(), point.y());
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(
          "the map has no value at " + point.name() + ": choose another place");
    }
    return value;
  }

  private static void requireDifferent(double[] values, String problem) {
    for (double value : values) {
      if (value != values[0]) {
        return;
      }
    }
    throw new IllegalArgumentException(
        problem + ": scale and shift need points at different distances");
  }

  /**
   * Fits scale and shift to another map of the same view, for example that of a phone or a depth
   * camera. It may have another size, but must show the same. Pixels that do not fit are left out
   * as points are.
   *
   * @param map disparity
   * @param reference metres; NaN where unknown
   * @throws IllegalArgumentException if the two have no pixels in common, differ in shape by more
   *     than a pixel, or contradict each other
   */
  public static Calibration toReference(DepthMap map, DepthMap reference) {
    map.require(Kind.DISPARITY);
    reference.require(Kind.METRES);
    requireSameShape(map, reference);
    int count = 0;
    double[] values = new double[reference.data().length];
    double[] targets = new double[reference.data().length];
    for (int y = 0; y < reference.height(); y++) {
      int row = (int) ((y + 0.5) * map.height() / reference.height());
      for (int x = 0; x < reference.width(); x++) {
        float metres = reference.value(x, y);
        float value = map.value((int) ((x + 0.5) * map.width() / reference.width()), row);
        if (metres > 0 && Float.isFinite(metres) && Float.isFinite(value)) {
          values[count] = value;
          targets[count++] = 1.0 / metres;
        }
      }
    }
    if (count < 2) {
      throw new IllegalArgumentException(
          "the map and the reference have no pixels in common that hold depth");
    }
    values = Arrays.copyOf(values, count);
    targets = Arrays.copyOf(targets, count);
    requireDifferent(values, "the map is the same everywhere that the reference has depth");
    requireDifferent(targets, "the reference has one distance everywhere");
    return calibration(leastSquares(values, targets, inliers(values, targets)));
  }

  private static void requireSameShape(DepthMap map, DepthMap reference) {
    double height = (double) reference.width() * map.height() / map.width();
    double width = (double) reference.height() * map.width() / map.height();
    if (Math.abs(height - reference.height()) > 1 && Math.abs(width - reference.width()) > 1) {
      throw new IllegalArgumentException(
          "the reference has "
              + reference.width()
              + "x"
              + reference.height()
              + " pixels, which is another shape than "
              + map.width()
              + "x"
              + map.height()
              + ": both must show the same view");
    }
  }

  private static Calibration calibration(Alignment alignment) {
    if (!(alignment.scale() > 0)) {
      throw new IllegalArgumentException(
          "the distances contradict the map: what they call nearer is farther in the map; check"
              + " that they are distances in metres at the right pixels");
    }
    return new Calibration(alignment, true);
  }

  private static Alignment leastSquares(double[] values, double[] targets, boolean[] used) {
    Alignment.Fit fit = new Alignment.Fit();
    for (int i = 0; i < values.length; i++) {
      if (used[i]) {
        fit.add(values[i], targets[i]);
      }
    }
    return fit.alignment();
  }

  private static boolean[] inliers(double[] values, double[] targets) {
    boolean[] used = new boolean[values.length];
    Arrays.fill(used, true);
    if (values.length < FEWEST_TO_REJECT || allFit(values, targets, used)) {
      return used;
    }
    int[] some = sample(values.length);
    Alignment best = Alignment.IDENTITY;
    double least = Double.POSITIVE_INFINITY;
    Random random = new Random(1);
    boolean all = some.length * (some.length - 1L) / 2 <= MOST_PAIRS;
    int pairs = all ? some.length * some.length : MOST_PAIRS;
    for (int pair = 0; pair < pairs; pair++) {
      int i = some[all ? pair / some.length : random.nextInt(some.length)];
      int j = some[all ? pair % some.length : random.nextInt(some.length)];
      // Only lines that rise: nearer is nearer.
      double scale = (targets[i] - targets[j]) / (values[i] - values[j]);
      if ((all && i >= j) || !(scale > 0) || Double.isInfinite(scale)) {
        continue;
      }
      Alignment line = new Alignment(scale, targets[i] - scale * values[i]);
      double median = median(line, values, targets, some);
      if (median < least) {
        least = median;
        best = line;
      }
    }
    if (least == Double.POSITIVE_INFINITY) {
      return used;
    }
    // Rousseeuw & Leroy (1987), chapter 5: consistent for normal errors, with their correction for
    // few points.
    double limit = 2.5 * 1.4826 * (1 + 5.0 / Math.max(1, some.length - 2)) * least;
    for (int i = 0; i < used.length; i++) {
      double fitted = best.apply(values[i]);
      used[i] = Math.abs(fitted - targets[i]) <= limit || isNear(fitted, targets[i]);
    }
    return used;
  }

  private static boolean allFit(double[] values, double[] targets, boolean[] used) {
    Alignment alignment = leastSquares(values, targets, used);
    for (int i = 0; i < values.length; i++) {
      if (!isNear(alignment.apply(values[i]), targets[i])) {
        return false;
      }
    }
    return alignment.scale() > 0;
  }

  private static boolean isNear(double fitted, double target) {
    return fitted < GROSS * target && target < GROSS * fitted;
  }

  private static double median(Alignment line, double[] values, double[] targets, int[] some) {
    double[] residuals = new double[some.length];
    for (int k = 0; k < residuals.length; k++) {
      residuals[k] = Math.abs(line.apply(values[some[k]]) - targets[some[k]]);
    }
    Arrays.sort(residuals);
    return residuals[residuals.length / 2];
  }

  private static int[] sample(int count) {
    int[] some = new int[Math.min(count, SAMPLES)];
    for (int k = 0; k < some.length; k++) {
      some[k] = (int) ((long) k * count / some.length);
    }
    return some;
  }
}
