package dev.deltadepth.eval;

import java.util.List;

/**
 * What was found about a model.
 *
 * @param model its name
 * @param sets its error on each labelled set, in the folder's order
 * @param agreements its agreement with the teacher on each unlabelled set, and its flicker on those
 *     that are sequences; sets that have neither are left out
 */
public record ModelResult(String model, List<SetResult> sets, List<AgreementResult> agreements) {
  /** Copies the lists. */
  public ModelResult {
    sets = List.copyOf(sets);
    agreements = List.copyOf(agreements);
  }

  /** The unweighted mean of AbsRel over the sets; NaN without any. */
  public double meanAbsRel() {
    return Means.of(sets, set -> set.score().absRel());
  }

  /** The unweighted mean of delta1 over the sets that have it; NaN without any. */
  public double meanDelta1() {
    return Means.of(sets, set -> set.score().delta1());
  }
}
