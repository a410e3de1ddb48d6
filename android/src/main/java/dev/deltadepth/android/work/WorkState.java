package dev.deltadepth.android.work;

import org.jspecify.annotations.Nullable;

/**
 * How far the work on a photo has come.
 *
 * @param step what is being done
 * @param photo the photo, once it is read
 * @param estimate its map, once it is {@link Step#DONE}
 * @param problem why it {@link Step#FAILED}
 */
public record WorkState(
    Step step, @Nullable Photo photo, @Nullable Estimate estimate, @Nullable Problem problem) {

  /** What is being done. */
  public enum Step {
    NOTHING,
    READING,
    ESTIMATING,
    DONE,
    FAILED
  }

  static final WorkState NOTHING = new WorkState(Step.NOTHING, null, null, null);
  static final WorkState READING = new WorkState(Step.READING, null, null, null);

  static WorkState estimating(Photo photo) {
    return new WorkState(Step.ESTIMATING, photo, null, null);
  }

  static WorkState done(Photo photo, Estimate estimate) {
    return new WorkState(Step.DONE, photo, estimate, null);
  }

  static WorkState failed(Problem problem) {
    return new WorkState(Step.FAILED, null, null, problem);
  }
}
