package dev.deltadepth.metrics;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/** Predicted and true values at the valid pixels, in the map's order. */
final class Pairs {
  private final float[] predicted;
  private final float[] truth;
  private final int[] pixels;

  private Pairs(float[] predicted, float[] truth, int[] pixels) {
    this.predicted = predicted;
    this.truth = truth;
    this.pixels = pixels;
  }

  /**
   * The pairs of two maps of the same size.
   *
   * @throws IllegalArgumentException if the sizes differ
   * @throws MetricsException if no pixel is valid, or the prediction is not finite at a valid pixel
   */
  static Pairs of(DepthMap prediction, DepthMap truth, Region region) {
    if (prediction.width() != truth.width() || prediction.height() != truth.height()) {
      throw new IllegalArgumentException(
          "prediction and ground truth differ in size: "
              + (prediction.width() + "x" + prediction.height())
              + " and "
              + (truth.width() + "x" + truth.height()));
    }
    float[] counted = region.counted(truth).data();
    float[] p = new float[counted.length];
    float[] g = new float[counted.length];
    int[] pixels = new int[counted.length];
    int count = 0;
    for (int i = 0; i < counted.length; i++) {
      if (!Float.isNaN(counted[i])) {
        g[count] = counted[i];
        pixels[count] = i;
        p[count] = prediction.data()[i];
        if (!Float.isFinite(p[count++])) {
          throw new MetricsException("the prediction contains non-finite values");
        }
      }
    }
    if (count == 0) {
      throw new MetricsException("the ground truth has no valid pixels");
    }
    return new Pairs(
        Arrays.copyOf(p, count), Arrays.copyOf(g, count), Arrays.copyOf(pixels, count));
  }

  int count() {
    return truth.length;
  }

  double predicted(int i) {
    return predicted[i];
  }

  double truth(int i) {
    return truth[i];
  }

  /** The index of the pixel in the map's data. */
  int pixel(int i) {
    return pixels[i];
  }

  /** The ratio of the median truth to the median depth computed from the predictions. */
  double ratioOfMedians(DoubleUnaryOperator depth) {
    double[] depths = new double[predicted.length];
    double[] truths = new double[truth.length];
    for (int i = 0; i < depths.length; i++) {
      depths[i] = depth.applyAsDouble(predicted[i]);
      truths[i] = truth[i];
    }
    double median = median(depths);
    if (!(median > 0)) {
      throw new MetricsException("the median of the predicted depths is not positive");
    }
    return median(truths) / median;
  }

  /**
   * Least squares of {@code scale * prediction(p) + shift - target(g)} over the pairs whose
   * prediction is accepted.
   */
  Alignment fit(
      DoublePredicate accepted, DoubleUnaryOperator prediction, DoubleUnaryOperator target) {
    Alignment.Fit fit = new Alignment.Fit();
    for (int i = 0; i < truth.length; i++) {
      if (accepted.test(predicted[i])) {
        fit.add(prediction.applyAsDouble(predicted[i]), target.applyAsDouble(truth[i]));
      }
    }
    if (fit.count() == 0) {
      throw new MetricsException("the prediction is not positive at any valid pixel");
    }
    return fit.alignment();
  }

  /** The median, for an even count the mean of the middle two; sorts the array. */
  private static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
