package dev.deltadepth.eval;

import java.util.List;

/**
 * A model's results.
 *
 * @param model its name
 * @param sets its errors on each labelled set, in the data's order
 * @param agreements its agreement with the teacher on each unlabelled set, and its flicker on
 *     sequences; sets with neither are omitted
 */
public record ModelResult(String model, List<SetResult> sets, List<AgreementResult> agreements) {
  /** Copies the lists. */
  public ModelResult {
    sets = List.copyOf(sets);
    agreements = List.copyOf(agreements);
  }

  /** The unweighted mean of AbsRel over the sets; NaN without sets. */
  public double meanAbsRel() {
    return Means.of(sets, set -> set.score().absRel());
  }

  /** The unweighted mean of delta1 over the sets that have it; NaN without such sets. */
  public double meanDelta1() {
    return Means.of(sets, set -> set.score().delta1());
  }
}
