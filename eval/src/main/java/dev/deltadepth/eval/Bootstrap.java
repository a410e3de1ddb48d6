package dev.deltadepth.eval;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * 95 % confidence intervals by the percentile bootstrap (Efron, 1979): images are resampled with
 * replacement, as many as there are, {@value #RESAMPLES} times, and the figure is computed each
 * time. Images are resampled within their set, so a mean of sets keeps every set. The samples
 * depend only on the number of images: two models share the same samples, and a second run gives
 * the same interval.
 */
final class Bootstrap {
  static final int RESAMPLES = 2000;
  private static final long SEED = 20_240_229;
  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /**
   * One figure per image of a set, and each image's weight in the mean.
   *
   * @param values the figures
   * @param weights one per figure, above 0
   */
  record Values(double[] values, double[] weights) {
    Values {
      if (values.length != weights.length) {
        throw new IllegalArgumentException("every value needs one weight");
      }
    }

    /** The weighted mean of all values. */
    double mean() {
      return mean(IntStream.range(0, values.length).toArray());
    }

    /** The weighted mean of the picked values, with repetitions. */
    double mean(int[] picks) {
      double sum = 0;
      double total = 0;
      for (int pick : picks) {
        sum += weights[pick] * values[pick];
        total += weights[pick];
      }
      return sum / total;
    }

    boolean known() {
      return values.length > 0 && Arrays.stream(values).noneMatch(Double::isNaN);
    }
  }

  /** The interval of the unweighted mean over the sets' means; none if a value is missing. */
  static Interval mean(List<Values> sets) {
    return interval(sets, List.of());
  }

  /** The interval of the quotient of two such means over the same images, resampled in pairs. */
  static Interval ratio(List<Values> sets, List<Values> reference) {
    if (IntStream.range(0, sets.size())
        .anyMatch(i -> sets.get(i).values.length != reference.get(i).values.length)) {
      throw new IllegalArgumentException("a paired ratio needs the same images on both sides");
    }
    return interval(sets, reference);
  }

  private static Interval interval(List<Values> sets, List<Values> reference) {
    if (sets.isEmpty()
        || !sets.stream().allMatch(Values::known)
        || !reference.stream().allMatch(Values::known)) {
      return Interval.NONE;
    }
    double[] figures = new double[RESAMPLES];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < RESAMPLES; i++) {
      double numerator = 0;
      double denominator = 0;
      for (int set = 0; set < sets.size(); set++) {
        int images = sets.get(set).values.length;
        int[] picks = random.ints(images, 0, images).toArray();
        numerator += sets.get(set).mean(picks);
        denominator += reference.isEmpty() ? 1 : reference.get(set).mean(picks);
      }
      figures[i] = numerator / denominator;
    }
    Arrays.sort(figures);
    return new Interval(Quantiles.of(figures, TAIL), Quantiles.of(figures, 1 - TAIL));
  }
}
