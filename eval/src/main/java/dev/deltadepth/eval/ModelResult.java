package dev.deltadepth.eval;

import java.util.List;

/**
 * What was found about a model.
 *
 * @param model its name
 * @param sets its error on each labelled set, in the folder's order
 * @param agreements its agreement with the teacher on each unlabelled set; empty without teacher
 */
public record ModelResult(String model, List<SetResult> sets, List<AgreementResult> agreements) {
  /** Copies the lists. */
  public ModelResult {
    sets = List.copyOf(sets);
    agreements = List.copyOf(agreements);
  }

  /** The unweighted mean of AbsRel over the sets; NaN without any. */
  public double meanAbsRel() {
    return sets.stream().mapToDouble(set -> set.score().absRel()).average().orElse(Double.NaN);
  }

  /** The unweighted mean of delta1 over the sets that have it; NaN without any. */
  public double meanDelta1() {
    return sets.stream()
        .mapToDouble(set -> set.score().delta1())
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
