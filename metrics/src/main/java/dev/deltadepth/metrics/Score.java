package dev.deltadepth.metrics;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * The errors of a prediction, where d is the predicted and g the true depth in metres and means are
 * over the valid pixels (Eigen et al., NIPS 2014). For ground truth that is disparity without a
 * unit, all figures but the first are NaN.
 *
 * @param absRel mean of |d - g| / g; for disparity without a unit, the mean error of the aligned
 *     disparity divided by the mean disparity
 * @param sqRel mean of (d - g)^2 / g, metres
 * @param rmse root of the mean of (d - g)^2, metres
 * @param rmseLog root of the mean of (ln d - ln g)^2
 * @param log10 mean of |log10 d - log10 g|
 * @param silog 100 times the root of the variance of ln d - ln g
 * @param delta1 share of pixels with max(d/g, g/d) below 1.25
 * @param delta2 the same below 1.25^2
 * @param delta3 the same below 1.25^3
 */
public record Score(
    double absRel,
    double sqRel,
    double rmse,
    double rmseLog,
    double log10,
    double silog,
    double delta1,
    double delta2,
    double delta3) {

  /** A score against disparity without a unit. */
  public static Score ofDisparity(double relativeError) {
    return of(relativeError, Double.NaN);
  }

  /** A score with two figures only. */
  public static Score of(double absRel, double delta1) {
    double none = Double.NaN;
    return new Score(absRel, none, none, none, none, none, delta1, none, none);
  }

  /** The unweighted mean of each figure over images; NaN if any is NaN. */
  public static Score mean(Collection<Score> scores) {
    return new Score(
        mean(scores, Score::absRel),
        mean(scores, Score::sqRel),
        mean(scores, Score::rmse),
        mean(scores, Score::rmseLog),
        mean(scores, Score::log10),
        mean(scores, Score::silog),
        mean(scores, Score::delta1),
        mean(scores, Score::delta2),
        mean(scores, Score::delta3));
  }

  private static double mean(Collection<Score> scores, ToDoubleFunction<Score> figure) {
    double sum = 0;
    for (Score score : scores) {
      sum += figure.applyAsDouble(score);
    }
    return sum / scores.size();
  }
}
