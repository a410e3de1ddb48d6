package dev.deltadepth.distill.recipe;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Pictures with measured depth, or with disparity of a better network.
 *
 * @param data a folder of pairs with its {@code eval.json}, or any other data set that {@code delta
 *     datasets} lists, relative to the recipe's file
 * @param sets the names of its sets to use; all of them if empty
 * @param share of the crops, 0 to 1; 0 to validate on it only
 * @param validation share of its pictures to hold out, 0 to 1; 0.1 if left out
 * @param roughEdges whether the edges of its depth are off by some pixels, as a Kinect's are:
 *     losses on gradients then leave it out
 */
public record TruthSource(
    String data, List<String> sets, double share, @Nullable Double validation, boolean roughEdges) {

  private static final double HELD_OUT = 0.1;

  /**
   * Checks the values.
   *
   * @throws DistillException naming the key and the allowed range
   */
  public TruthSource {
    Checks.require(data, "truth: data");
    sets = sets == null ? List.of() : List.copyOf(sets);
    Checks.within("truth: share", share, 0, 1);
    validation = validation == null ? HELD_OUT : validation;
    Checks.within("truth: validation", validation, 0, 1);
    if ((share == 0) != (validation == 1)) {
      throw new DistillException(
          "truth: "
              + data
              + " needs either a share of the crops, or validation: 1 to be held out as a whole");
    }
  }

  /** Share of its pictures to hold out, 0 to 1. */
  public double heldOut() {
    return validation == null ? HELD_OUT : validation;
  }

  TruthSource mapped(UnaryOperator<String> path) {
    return new TruthSource(path.apply(data), sets, share, validation, roughEdges);
  }
}
