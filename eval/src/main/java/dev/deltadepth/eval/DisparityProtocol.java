package dev.deltadepth.eval;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;

/**
 * Scale and shift fitted a picture by least squares in disparity, the way of Marigold (Ke et al.,
 * CVPR 2024) and its successors for networks that predict disparity: {@code s, t = argmin sum (s p
 * + t - 1/g)^2} over the pixels with ground truth g in (1 mm, cap), then the depth {@code 1 / max(s
 * p + t, 1e-3)}, clipped to [1 mm, cap], is compared with g.
 *
 * <p>Ground truth that is itself a disparity of unknown scale and offset takes the place of 1/g;
 * there the figure is the mean of |s p + t - g| over the mean of g.
 */
public final class DisparityProtocol {
  /** One line that belongs to every figure of this protocol. */
  public static final String DESCRIPTION =
      "scale and shift fitted per image by least squares in disparity";

  // As a float: a depth of one millimetre, stored as float32, is not above it.
  private static final double NEAREST = 1e-3f;
  private static final double LEAST = 1e-3;

  private DisparityProtocol() {}

  /**
   * The error of one prediction.
   *
   * @param prediction disparity, of the ground truth's size
   * @param truth metres, or disparity without unit; NaN where there is none
   * @param capMetres depths at or beyond it take no part
   * @throws IllegalArgumentException if the prediction is not disparity or the sizes differ
   * @throws EvaluationException if no pixel has ground truth, or one has and the prediction there
   *     is not a number
   */
  public static Score score(DepthMap prediction, DepthMap truth, double capMetres) {
    prediction.require(DepthMap.Kind.DISPARITY);
    if (prediction.width() != truth.width() || prediction.height() != truth.height()) {
      throw new IllegalArgumentException(
          "prediction and ground truth differ in size: "
              + (prediction.width() + "x" + prediction.height())
              + " and "
              + (truth.width() + "x" + truth.height()));
    }
    boolean metric = truth.kind() == DepthMap.Kind.METRES;
    double cap = metric ? capMetres : Double.POSITIVE_INFINITY;
    double least = metric ? NEAREST : 0;
    float[] p = prediction.data();
    float[] g = truth.data();
    Alignment.Fit fit = new Alignment.Fit();
    for (int i = 0; i < g.length; i++) {
      if (g[i] > least && g[i] < cap) {
        if (!Float.isFinite(p[i])) {
          throw new EvaluationException("the prediction holds pixels that are not a number");
        }
        fit.add(p[i], metric ? 1.0 / g[i] : g[i]);
      }
    }
    if (fit.count() == 0) {
      throw new EvaluationException("the ground truth has no pixel to compare with");
    }
    Alignment alignment = fit.alignment();
    return metric ? depthScore(alignment, p, g, cap) : disparityScore(alignment, p, g);
  }

  private static Score depthScore(Alignment alignment, float[] p, float[] g, double cap) {
    DepthMetrics metrics = new DepthMetrics();
    for (int i = 0; i < g.length; i++) {
      if (g[i] > NEAREST && g[i] < cap) {
        double depth = 1 / Math.max(alignment.apply(p[i]), LEAST);
        metrics.add(Math.min(Math.max(depth, LEAST), cap), g[i]);
      }
    }
    return metrics.score();
  }

  private static Score disparityScore(Alignment alignment, float[] p, float[] g) {
    double error = 0;
    double sum = 0;
    for (int i = 0; i < g.length; i++) {
      if (g[i] > 0) {
        error += Math.abs(alignment.apply(p[i]) - g[i]);
        sum += g[i];
      }
    }
    return new Score(error / sum, Double.NaN, Double.NaN);
  }
}
