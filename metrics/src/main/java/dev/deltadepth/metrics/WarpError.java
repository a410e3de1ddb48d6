package dev.deltadepth.metrics;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.steady.Motion;
import java.util.Optional;

/**
 * Flicker of maps along a sequence whose motion is known: the warping error of Lai et al. (ECCV
 * 2018, section 4.3) for maps instead of colours. Each value is compared with the one at the place
 * where the same thing was in the frame before, interpolated between pixels; what was hidden then
 * does not count. For two successive maps p, q and the motion u it is
 *
 * <pre>{@code
 * mean |q(x) - p(x + u(x))|
 * }</pre>
 *
 * <p>in units of the mean of the two maps' spreads (mean absolute deviation from the median). As in
 * {@link TemporalInstability}, frames are not aligned with each other, because jumps of scale and
 * shift are visible. The figure of a sequence is the mean over its pairs; 0 is perfectly steady.
 *
 * <p>It is not 0 for the truth: disparity grows as the camera comes nearer, and interpolation errs
 * at edges. The figure of the exact disparity, where there is one, says how much that is.
 */
public final class WarpError {
  private Optional<Frame> last = Optional.empty();
  private final SequenceMean mean = new SequenceMean();

  private record Frame(DepthMap map, double spread) {}

  /**
   * Adds the next frame.
   *
   * @param map its map
   * @param motion where its things were in the frame before, of the same size; the first frame's
   *     does not count
   * @return the figure of this frame and the previous one; NaN for the first frame, and if no place
   *     was seen in both
   * @throws IllegalArgumentException if the sizes differ, or size or kind differ from the previous
   *     frame's
   */
  public double add(DepthMap map, Motion motion) {
    if (motion.width() != map.width() || motion.height() != map.height()) {
      throw new IllegalArgumentException("a map and its motion must have the same size");
    }
    Frame next = new Frame(map, Spread.of(map));
    double difference = Double.NaN;
    if (last.isPresent()) {
      Frame before = last.get();
      SequenceMean.requireSuccessor(before.map, map);
      difference = difference(before, next, motion);
      if (!Double.isNaN(difference)) {
        mean.add(difference);
      }
    }
    last = Optional.of(next);
    return difference;
  }

  /** Number of compared pairs of successive frames. */
  public int pairs() {
    return mean.pairs();
  }

  /** The figure so far; NaN before the second frame. */
  public double value() {
    return mean.value();
  }

  private static double difference(Frame before, Frame next, Motion motion) {
    DepthMap map = next.map;
    double change = 0;
    int count = 0;
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        int i = y * map.width() + x;
        double then = interpolated(before.map, x + motion.right()[i], y + motion.down()[i]);
        double apart = Math.abs(map.data()[i] - then);
        if (!Double.isNaN(apart)) {
          change += apart;
          count++;
        }
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    // Two different constant maps have no spread to measure in: infinity.
    return change == 0 ? 0 : change / count / ((before.spread + next.spread) / 2);
  }

  /** Bilinear; NaN beyond the outer pixels' edges, the outer pixels' values up to there. */
  private static double interpolated(DepthMap map, double x, double y) {
    if (!(x >= -0.5 && y >= -0.5 && x <= map.width() - 0.5 && y <= map.height() - 0.5)) {
      return Double.NaN;
    }
    double column = Math.max(0, Math.min(x, map.width() - 1));
    double row = Math.max(0, Math.min(y, map.height() - 1));
    int left = (int) column;
    int top = (int) row;
    int right = Math.min(left + 1, map.width() - 1);
    int bottom = Math.min(top + 1, map.height() - 1);
    double upper = between(map.value(left, top), map.value(right, top), column - left);
    double lower = between(map.value(left, bottom), map.value(right, bottom), column - left);
    return between(upper, lower, row - top);
  }

  private static double between(double a, double b, double part) {
    return part == 0 ? a : a + part * (b - a);
  }
}
