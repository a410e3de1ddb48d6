package dev.deltadepth.distill.run;

import java.util.Map;

/** Listener for a training run; by default every method does nothing. */
public interface TrainingListener {

  /**
   * State after a step.
   *
   * @param step of the run, from 1
   * @param steps of the whole run
   * @param size side of the square with as many pixels as the stage's crops
   * @param rate learning rate
   * @param loss weighted sum of the terms
   * @param terms unweighted losses by name
   * @param imagesPerSecond over the last steps
   */
  record Step(
      long step,
      long steps,
      int size,
      double rate,
      double loss,
      Map<String, Double> terms,
      double imagesPerSecond) {

    Step atSpeed(double measured) {
      return new Step(step, steps, size, rate, loss, terms, measured);
    }
  }

  /**
   * Result of a validation on held-out photos, at the teacher's native size, with the moving
   * average of the weights.
   *
   * @param step of the run
   * @param photos number of photos
   * @param loss weighted sum of the recipe's losses on the maps
   * @param ssi mean scale-and-shift-invariant error
   * @param pearson mean Pearson correlation with the teacher's maps
   */
  record Validation(long step, int photos, double loss, double ssi, double pearson) {}

  /** Called for every line of the run's log. */
  default void logged(String line) {}

  /** Called after every step. */
  default void step(Step step) {}

  /** Called after every validation. */
  default void validated(Validation validation) {}
}
