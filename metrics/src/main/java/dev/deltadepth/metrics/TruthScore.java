package dev.deltadepth.metrics;

/**
 * The score of a prediction against the ground truth of one image.
 *
 * @param score the figures
 * @param pixels number of valid pixels
 * @param meanLog mean of ln d - ln g, needed to pool figures; NaN for disparity
 * @param distances errors by distance; empty for disparity
 */
public record TruthScore(Score score, long pixels, double meanLog, DistanceErrors distances) {
  /** The score of an image without ground truth. */
  public static final TruthScore NONE =
      new TruthScore(Score.ofDisparity(Double.NaN), 0, Double.NaN, DistanceErrors.empty());

  /** The same without the errors by distance, which take the most memory. */
  public TruthScore withoutDistances() {
    return new TruthScore(score, pixels, meanLog, NONE.distances);
  }
}
