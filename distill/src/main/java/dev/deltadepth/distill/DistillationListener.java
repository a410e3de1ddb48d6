package dev.deltadepth.distill;

import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.run.TrainingListener;
import java.nio.file.Path;

/** Told how distilling goes; every method does nothing unless it is overridden. */
public interface DistillationListener extends TrainingListener {

  /** Listens to nothing. */
  DistillationListener NONE = new DistillationListener() {};

  /**
   * Before a recipe is followed.
   *
   * @param recipe with its files as seen from here
   * @param run folder of its run
   */
  default void begins(Recipe recipe, Path run) {}

  /** After its model is written. */
  default void ended(Recipe recipe, Distillation.Outcome outcome) {}
}
