package dev.deltadepth.distill.recipe;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a recipe's weights get from a model that has learned more since: {@code start + scale (after
 * - before)}.
 *
 * @param before the model from which {@code start} was trained, too: a safetensors file or a run
 *     folder
 * @param after the model trained further; the same, or {@link Recipe#EMBEDDED}
 * @param scale of the difference, 0 to 2; 1 if left out
 */
public record TaskSource(String before, String after, @Nullable Double scale) {

  private static final double ALL = 1;

  /**
   * Checks the values.
   *
   * @throws DistillException naming the key and the allowed range
   */
  public TaskSource {
    Checks.require(before, "task-vector: before");
    Checks.require(after, "task-vector: after");
    scale = scale == null ? ALL : scale;
    Checks.within("task-vector: scale", scale, 0, 2);
  }

  /** How much of the difference is added, 0 to 2. */
  public double share() {
    return scale == null ? ALL : scale;
  }

  TaskSource mapped(UnaryOperator<String> path) {
    return new TaskSource(path.apply(before), path.apply(after), scale);
  }
}
