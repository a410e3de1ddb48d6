package dev.deltadepth.eval;

import dev.deltadepth.metrics.EdgeAgreement;
import dev.deltadepth.metrics.TeacherAgreement;
import dev.deltadepth.metrics.TemporalInstability;
import dev.deltadepth.metrics.TruthScore;

/**
 * A model's result on one image. Figures that do not apply are NaN.
 *
 * @param stem the image's name in its set
 * @param truth errors against the ground truth
 * @param edges F1 of depth edges against dense ground truth ({@link EdgeAgreement})
 * @param teacher agreement with the teacher, on unlabelled images only
 * @param flicker instability against the previous frame, in sequences ({@link TemporalInstability})
 */
public record SampleResult(
    String stem, TruthScore truth, double edges, TeacherAgreement teacher, double flicker) {

  /** The same without the errors by distance. */
  SampleResult withoutDistances() {
    return new SampleResult(stem, truth.withoutDistances(), edges, teacher, flicker);
  }
}
