package dev.deltadepth.eval;

import dev.deltadepth.metrics.EdgeAgreement;
import dev.deltadepth.metrics.TeacherAgreement;
import dev.deltadepth.metrics.TemporalInstability;
import dev.deltadepth.metrics.TruthScore;

/**
 * What was found about a model on one picture. Figures that there is no reason for are NaN.
 *
 * @param stem the picture's name in its set
 * @param truth against the ground truth
 * @param edges F1 of depth edges against dense ground truth ({@link EdgeAgreement})
 * @param teacher against the teacher; on unlabelled pictures only
 * @param flicker against the frame before, in sequences ({@link TemporalInstability})
 */
public record SampleResult(
    String stem, TruthScore truth, double edges, TeacherAgreement teacher, double flicker) {

  /** The same without the error by distance. */
  SampleResult withoutDistances() {
    return new SampleResult(stem, truth.withoutDistances(), edges, teacher, flicker);
  }
}
