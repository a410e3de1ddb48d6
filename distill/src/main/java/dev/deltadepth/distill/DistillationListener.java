package dev.deltadepth.distill;

import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.run.TrainingListener;
import java.nio.file.Path;

/** Listener for a distillation; by default every method does nothing. */
public interface DistillationListener extends TrainingListener {

  /** Ignores every event. */
  DistillationListener NONE = new DistillationListener() {};

  /**
   * Called before a recipe is trained.
   *
   * @param recipe with paths relative to the working directory
   * @param run its run folder
   */
  default void begins(Recipe recipe, Path run) {}

  /** Called after the recipe's model is written. */
  default void ended(Recipe recipe, Distillation.Outcome outcome) {}
}
