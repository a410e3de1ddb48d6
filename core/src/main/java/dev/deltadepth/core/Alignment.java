package dev.deltadepth.core;

/**
 * A scale and a shift that align relative values with a target: {@code scale * value + shift}.
 *
 * <p>A network's disparity is known up to these two numbers, so they are fitted for each picture
 * before anything is compared. All sums are taken in double precision around the running means
 * (Welford's update for the covariance), so large offsets cost no precision.
 *
 * @param scale the factor
 * @param shift what is added after scaling
 */
public record Alignment(double scale, double shift) {

  /** The alignment that changes nothing. */
  public static final Alignment IDENTITY = new Alignment(1, 0);

  /**
   * Fits scale and shift by least squares of {@code scale * prediction + shift - target} over the
   * pixels of the mask. A prediction that is constant there determines no scale: then the scale is
   * 0 and the shift is the target's mean.
   *
   * @param prediction one value per pixel
   * @param target as many values
   * @param mask as many flags; pixels that are false are ignored, whatever they hold
   * @throws IllegalArgumentException if the lengths differ, or if the mask is empty
   */
  public static Alignment leastSquares(float[] prediction, float[] target, boolean[] mask) {
    if (prediction.length != target.length || prediction.length != mask.length) {
      throw new IllegalArgumentException(
          "prediction, target and mask must have the same length, not "
              + prediction.length
              + ", "
              + target.length
              + " and "
              + mask.length);
    }
    Fit fit = new Fit();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i]) {
        fit.add(prediction[i], target[i]);
      }
    }
    return fit.alignment();
  }

  /** The aligned value. */
  public double apply(double value) {
    return scale * value + shift;
  }

  /** The aligned values as a map of the same kind; NaN stays NaN. */
  public DepthMap apply(DepthMap map) {
    float[] aligned = new float[map.data().length];
    for (int i = 0; i < aligned.length; i++) {
      aligned[i] = (float) apply(map.data()[i]);
    }
    return new DepthMap(map.kind(), map.width(), map.height(), aligned);
  }

  /**
   * Least squares of scale and shift, fed pair by pair, for targets that are computed on the fly.
   */
  public static final class Fit {
    private long count;
    private double predictionMean;
    private double targetMean;
    private double predictionSpread;
    private double covariance;

    /**
     * Adds one pixel.
     *
     * @param prediction its predicted value
     * @param target the value it should have
     */
    public void add(double prediction, double target) {
      count++;
      double fromMean = prediction - predictionMean;
      predictionMean += fromMean / count;
      targetMean += (target - targetMean) / count;
      predictionSpread += fromMean * (prediction - predictionMean);
      covariance += fromMean * (target - targetMean);
    }

    /** How many pixels were added. */
    public long count() {
      return count;
    }

    /**
     * The scale and shift for the pixels so far; scale 0 and the target's mean if all predictions
     * were the same.
     *
     * @throws IllegalArgumentException if there was no pixel
     */
    public Alignment alignment() {
      if (count == 0) {
        throw new IllegalArgumentException("no valid pixels to fit scale and shift to");
      }
      if (predictionSpread == 0) {
        return new Alignment(0, targetMean);
      }
      double scale = covariance / predictionSpread;
      return new Alignment(scale, targetMean - scale * predictionMean);
    }
  }
}
