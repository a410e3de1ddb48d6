package dev.deltadepth.eval;

import dev.deltadepth.metrics.TeacherAgreement;
import java.util.Arrays;
import java.util.List;

/**
 * A model's result on a set of unlabelled images.
 *
 * @param set the set's name
 * @param samples results for each image, in the set's order
 */
public record AgreementResult(String set, List<SampleResult> samples) {
  /** Copies the list. */
  public AgreementResult {
    samples = List.copyOf(samples);
  }

  /** Number of images. */
  public int images() {
    return samples.size();
  }

  /** The unweighted mean over images of the agreement with the teacher; NaN without teacher. */
  public TeacherAgreement mean() {
    return new TeacherAgreement(
        Means.of(samples, sample -> sample.teacher().absRel()),
        Means.of(samples, sample -> sample.teacher().delta1()),
        Means.of(samples, sample -> sample.teacher().pearson()),
        Means.of(samples, sample -> sample.teacher().residual()),
        Means.of(samples, sample -> sample.teacher().edges()));
  }

  /** The lowest residual correlation of any image. */
  public double worstResidual() {
    return Arrays.stream(residuals().values()).min().orElse(Double.NaN);
  }

  /** The mean temporal instability; NaN if the set is not a sequence. */
  public double flicker() {
    return Means.of(samples, SampleResult::flicker);
  }

  Bootstrap.Values residuals() {
    double[] figures = samples.stream().mapToDouble(one -> one.teacher().residual()).toArray();
    double[] weights = new double[figures.length];
    Arrays.fill(weights, 1);
    return new Bootstrap.Values(figures, weights);
  }
}
