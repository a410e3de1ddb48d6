package dev.deltadepth.eval;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Intervals of 95 % by the percentile bootstrap (Efron, 1979): pictures are drawn anew with
 * replacement, as many as there are, {@value #RESAMPLES} times, and the figure is taken each time.
 * Pictures are drawn within their set, so a mean of sets keeps every set. The draws depend on the
 * number of pictures alone: figures of two models are of the same draws, and a second run gives the
 * same interval.
 */
final class Bootstrap {
  static final int RESAMPLES = 2000;
  private static final long SEED = 20_240_229;
  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /**
   * One figure a picture of a set, and how much each picture counts in the mean.
   *
   * @param values the figures
   * @param weights as many, above 0
   */
  record Values(double[] values, double[] weights) {
    Values {
      if (values.length != weights.length) {
        throw new IllegalArgumentException("every value needs one weight");
      }
    }

    /** The weighted mean of all. */
    double mean() {
      return mean(IntStream.range(0, values.length).toArray());
    }

    /** The weighted mean of those drawn, each as often as it was. */
    double mean(int[] picks) {
      double sum = 0;
      double all = 0;
      for (int pick : picks) {
        sum += weights[pick] * values[pick];
        all += weights[pick];
      }
      return sum / all;
    }

    boolean known() {
      return values.length > 0 && Arrays.stream(values).noneMatch(Double::isNaN);
    }
  }

  /** Of the unweighted mean over sets of each set's mean; none where a value is missing. */
  static Interval mean(List<Values> sets) {
    return interval(sets, List.of());
  }

  /** Of the quotient of two such means over the same pictures, drawn in pairs. */
  static Interval ratio(List<Values> sets, List<Values> reference) {
    if (IntStream.range(0, sets.size())
        .anyMatch(i -> sets.get(i).values.length != reference.get(i).values.length)) {
      throw new IllegalArgumentException("a paired ratio needs the same pictures twice");
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
      double above = 0;
      double below = 0;
      for (int set = 0; set < sets.size(); set++) {
        int pictures = sets.get(set).values.length;
        int[] picks = random.ints(pictures, 0, pictures).toArray();
        above += sets.get(set).mean(picks);
        below += reference.isEmpty() ? 1 : reference.get(set).mean(picks);
      }
      figures[i] = above / below;
    }
    Arrays.sort(figures);
    return new Interval(Quantiles.of(figures, TAIL), Quantiles.of(figures, 1 - TAIL));
  }
}
