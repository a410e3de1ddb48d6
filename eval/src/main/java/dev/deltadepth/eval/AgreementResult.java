package dev.deltadepth.eval;

import dev.deltadepth.metrics.TeacherAgreement;
import java.util.Arrays;
import java.util.List;

/**
 * What was found about a model on a set of unlabelled pictures.
 *
 * @param set the set's name
 * @param samples what was found on each picture, in the set's order
 */
public record AgreementResult(String set, List<SampleResult> samples) {
  /** Copies the list. */
  public AgreementResult {
    samples = List.copyOf(samples);
  }

  /** How many pictures. */
  public int images() {
    return samples.size();
  }

  /** The unweighted mean over pictures of the agreement with the teacher; NaN without teacher. */
  public TeacherAgreement mean() {
    return new TeacherAgreement(
        Means.of(samples, sample -> sample.teacher().absRel()),
        Means.of(samples, sample -> sample.teacher().delta1()),
        Means.of(samples, sample -> sample.teacher().pearson()),
        Means.of(samples, sample -> sample.teacher().residual()),
        Means.of(samples, sample -> sample.teacher().edges()));
  }

  /** The lowest residual correlation of a picture. */
  public double worstResidual() {
    return Arrays.stream(residuals().values()).min().orElse(Double.NaN);
  }

  /** The mean temporal instability; NaN where the set is no sequence. */
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
