package dev.deltadepth.metrics;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.Optional;

/**
 * Flicker of maps along a sequence of images: the self-consistency error of video depth ("OPW",
 * Wang et al., ACM MM 2022) without motion. For two successive frames with images I, J (0..1) and
 * maps p, q it is
 *
 * <pre>{@code
 * sum w |q - p| / sum w,   w = exp(-50 |J - I|^2)
 * }</pre>
 *
 * <p>in units of the mean of the two maps' spreads (mean absolute deviation from the median), where
 * |J - I| is the Euclidean colour difference of a pixel; the weight is the visibility of Lai et al.
 * (ECCV 2018, equation 2). Where the image does not change, the depth should not either. Frames are
 * not aligned with each other, because jumps of scale and shift are visible as flicker. The figure
 * of a sequence is the mean over its pairs; 0 is perfectly steady.
 *
 * <p>It is meant for a static camera. There is no optical flow, so with a moving camera the figure
 * includes true motion: it compares models but means nothing on its own.
 */
public final class TemporalInstability {
  private static final double VISIBILITY = 50;

  private Optional<Frame> last = Optional.empty();
  private final SequenceMean mean = new SequenceMean();

  private record Frame(RgbImage image, DepthMap map, double spread) {}

  /**
   * Adds the next frame.
   *
   * @param image the frame
   * @param map its map, of the same size
   * @return the figure of this frame and the previous one; NaN for the first frame
   * @throws IllegalArgumentException if the sizes differ, or size or kind differ from the previous
   *     frame's
   */
  public double add(RgbImage image, DepthMap map) {
    if (image.width() != map.width() || image.height() != map.height()) {
      throw new IllegalArgumentException("a frame and its map must have the same size");
    }
    Frame next = new Frame(image, map, Spread.of(map));
    double difference = Double.NaN;
    if (last.isPresent()) {
      Frame before = last.get();
      SequenceMean.requireSuccessor(before.map, map);
      difference = difference(before, next);
      mean.add(difference);
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

  private static double difference(Frame before, Frame next) {
    double spread = (before.spread + next.spread) / 2;
    double weights = 0;
    double change = 0;
    for (int i = 0; i < next.map.data().length; i++) {
      double weight = Math.exp(-VISIBILITY * colours(before.image, next.image, i));
      weights += weight;
      change += weight * Math.abs(next.map.data()[i] - (double) before.map.data()[i]);
    }
    // Two different constant maps have no spread to measure in: infinity.
    return change == 0 ? 0 : change / weights / spread;
  }

  /** The squared colour difference of a pixel, with channels in 0..1. */
  private static double colours(RgbImage a, RgbImage b, int pixel) {
    double sum = 0;
    for (int i = 3 * pixel; i < 3 * pixel + 3; i++) {
      double difference = ((a.data()[i] & 0xff) - (b.data()[i] & 0xff)) / 255.0;
      sum += difference * difference;
    }
    return sum;
  }
}
