package dev.deltadepth.eval;

import dev.deltadepth.metrics.DepthMetrics;
import dev.deltadepth.metrics.DistanceErrors;
import dev.deltadepth.metrics.Score;
import java.util.List;

/**
 * A model's errors on a set.
 *
 * @param set the set's name
 * @param averaging what the figures are averaged over
 * @param samples results for each image, in the set's order
 * @param distances relative error by distance, over the pixels of all images
 */
public record SetResult(
    String set, Averaging averaging, List<SampleResult> samples, DistanceErrors distances) {
  /** Copies the list. */
  public SetResult {
    samples = List.copyOf(samples);
  }

  /** Number of images. */
  public int images() {
    return samples.size();
  }

  /**
   * The figures of the set. Disparity without a unit has no sums to pool: each image is weighted by
   * its number of pixels instead.
   */
  public Score score() {
    if (averaging == Averaging.PICTURES) {
      return Score.mean(samples.stream().map(sample -> sample.truth().score()).toList());
    }
    if (samples.stream().anyMatch(sample -> Double.isNaN(sample.truth().meanLog()))) {
      return Score.ofDisparity(absRel().mean());
    }
    DepthMetrics sums = new DepthMetrics();
    samples.forEach(sample -> sums.add(DepthMetrics.of(sample.truth())));
    return sums.score();
  }

  /**
   * The mean F1 of depth edges over the images with dense ground truth; NaN without such images.
   */
  public double edges() {
    return Means.of(samples, SampleResult::edges);
  }

  /** The mean temporal instability; NaN if the set is not a sequence. */
  public double flicker() {
    return Means.of(samples, SampleResult::flicker);
  }

  /** AbsRel of each image. */
  Bootstrap.Values absRel() {
    return values(samples.stream().mapToDouble(one -> one.truth().score().absRel()).toArray());
  }

  /** Delta1 of each image. */
  Bootstrap.Values delta1() {
    return values(samples.stream().mapToDouble(one -> one.truth().score().delta1()).toArray());
  }

  private Bootstrap.Values values(double[] figures) {
    return new Bootstrap.Values(
        figures,
        samples.stream()
            .mapToDouble(one -> averaging == Averaging.PICTURES ? 1 : one.truth().pixels())
            .toArray());
  }
}
