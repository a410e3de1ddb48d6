package dev.deltadepth.eval;

import dev.deltadepth.metrics.DepthMetrics;
import dev.deltadepth.metrics.DistanceErrors;
import dev.deltadepth.metrics.Score;
import java.util.List;

/**
 * A model's error on a set.
 *
 * @param set the set's name
 * @param averaging what the figures are averages over
 * @param samples what was found on each picture, in the set's order
 * @param distances the relative error by distance, over the pixels of all pictures
 */
public record SetResult(
    String set, Averaging averaging, List<SampleResult> samples, DistanceErrors distances) {
  /** Copies the list. */
  public SetResult {
    samples = List.copyOf(samples);
  }

  /** How many pictures. */
  public int images() {
    return samples.size();
  }

  /**
   * The figures of the set. A disparity without unit has no sums to pool: there each picture counts
   * by its pixels.
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

  /** The mean F1 of depth edges over the pictures with dense ground truth; NaN without any. */
  public double edges() {
    return Means.of(samples, SampleResult::edges);
  }

  /** The mean temporal instability; NaN where the set is no sequence. */
  public double flicker() {
    return Means.of(samples, SampleResult::flicker);
  }

  /** AbsRel of each picture. */
  Bootstrap.Values absRel() {
    return values(samples.stream().mapToDouble(one -> one.truth().score().absRel()).toArray());
  }

  /** Delta1 of each picture. */
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
