package dev.deltadepth.distill.run;

import java.util.List;
import java.util.Locale;
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
   * @param secondsLeft until the last step, at the speed in pixels so far, validations included
   */
  record Step(
      long step,
      long steps,
      int size,
      double rate,
      double loss,
      Map<String, Double> terms,
      double imagesPerSecond,
      double secondsLeft) {

    Step atSpeed(double measured, double left) {
      return new Step(step, steps, size, rate, loss, terms, measured, left);
    }
  }

  /**
   * Result of a validation with the moving average of the weights: on held-out photos at the
   * teacher's native size, and on held-out truth at the student's.
   *
   * @param step of the run; 0 for the weights that it started from
   * @param photos number of photos
   * @param loss weighted sum of the recipe's losses on the maps, over photos and truth by their
   *     shares; NaN if it is not finite for one of them
   * @param ssi mean scale-and-shift-invariant error on the photos; NaN without photos
   * @param pearson mean Pearson correlation with the teacher's maps of the photos
   * @param residual the same with the layout removed
   * @param truth errors on held-out truth, in the recipe's order
   */
  record Validation(
      long step,
      int photos,
      double loss,
      double ssi,
      double pearson,
      double residual,
      List<TruthError> truth) {
    /** Copies the list. */
    public Validation {
      truth = List.copyOf(truth);
    }

    /** The figures in one line. */
    public String summary() {
      StringBuilder text =
          new StringBuilder(String.format(Locale.ROOT, "held-out loss %.4f", loss));
      if (photos > 0) {
        text.append(
            String.format(
                Locale.ROOT,
                "; %d photos: scale-and-shift-invariant error %.4f, correlation with the labels %.4f,"
                    + " with the layout removed %.4f",
                photos,
                ssi,
                pearson,
                residual));
      }
      for (TruthError one : truth) {
        if (one.pictures() > 0) {
          text.append(
              String.format(
                  Locale.ROOT, "; %d of %s: error %.4f", one.pictures(), one.name(), one.error()));
        }
      }
      return text.toString();
    }
  }

  /**
   * The error on the held-out pictures of one {@code truth} entry.
   *
   * @param name of its sets
   * @param pictures number of pictures; 0 if none are held out
   * @param error mean AbsRel after a fit of scale and shift in disparity; for disparity without
   *     unit, the mean absolute error of disparity over its mean
   */
  record TruthError(String name, int pictures, double error) {}

  /** Called for every line of the run's log. */
  default void logged(String line) {}

  /** Called after every step. */
  default void step(Step step) {}

  /** Called after every validation. */
  default void validated(Validation validation) {}
}
