package dev.deltadepth.metrics;

/**
 * What a prediction scores against the ground truth of one picture.
 *
 * @param score the figures
 * @param pixels how many were compared
 * @param meanLog mean of ln d - ln g, with which figures can be pooled; NaN for disparity
 * @param distances the error by distance; empty for disparity
 */
public record TruthScore(Score score, long pixels, double meanLog, DistanceErrors distances) {
  /** Of a picture without ground truth. */
  public static final TruthScore NONE =
      new TruthScore(Score.ofDisparity(Double.NaN), 0, Double.NaN, DistanceErrors.empty());

  /** The same without the error by distance, which is what takes room. */
  public TruthScore withoutDistances() {
    return new TruthScore(score, pixels, meanLog, NONE.distances);
  }
}
