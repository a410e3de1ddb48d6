package dev.deltadepth.distill.run;

import java.util.Map;

/** Told how a run goes; every method does nothing unless it is overridden. */
public interface TrainingListener {

  /**
   * After a step.
   *
   * @param step of the run, from 1
   * @param steps of the whole run
   * @param size side of the square with as many pixels as the crops of this stage
   * @param rate learning rate
   * @param loss weighted sum of the terms
   * @param terms every loss without its weight
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
   * After a validation, on photos that were held out, at the teacher's native size, with the moving
   * average of the weights.
   *
   * @param step of the run
   * @param photos how many
   * @param loss the recipe's losses of the maps, weighted
   * @param ssi mean scale-and-shift-invariant error
   * @param pearson mean correlation with the teacher's maps
   */
  record Validation(long step, int photos, double loss, double ssi, double pearson) {}

  /** A line of the run's log. */
  default void said(String line) {}

  /** After every step. */
  default void step(Step step) {}

  /** After every validation. */
  default void validated(Validation validation) {}
}
