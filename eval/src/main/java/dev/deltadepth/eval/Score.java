package dev.deltadepth.eval;

import java.util.Collection;

/**
 * The error of a prediction.
 *
 * @param absRel mean of |d - g| / g, d the predicted and g the true depth; for ground truth that is
 *     a disparity without unit, the mean error of the aligned disparity over the mean disparity
 * @param delta1 share of pixels with max(d/g, g/d) below 1.25; NaN where there are no depths
 * @param rmse root of the mean squared error in metres; NaN where there are no depths
 */
public record Score(double absRel, double delta1, double rmse) {

  /** The unweighted mean of each figure over pictures; NaN stays NaN. */
  static Score mean(Collection<Score> scores) {
    double absRel = 0;
    double delta1 = 0;
    double rmse = 0;
    for (Score score : scores) {
      absRel += score.absRel;
      delta1 += score.delta1;
      rmse += score.rmse;
    }
    int n = scores.size();
    return new Score(absRel / n, delta1 / n, rmse / n);
  }
}
