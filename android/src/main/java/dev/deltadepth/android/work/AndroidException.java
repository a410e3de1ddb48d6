package dev.deltadepth.android.work;

import dev.deltadepth.core.DeltaException;

/** Something that the user should know about; the {@link Problem} says what in their language. */
public final class AndroidException extends DeltaException {
  private static final long serialVersionUID = 1;

  private final Problem problem;

  AndroidException(Problem problem) {
    super(problem.name());
    this.problem = problem;
  }

  AndroidException(Problem problem, Throwable cause) {
    super(problem.name(), cause);
    this.problem = problem;
  }

  /** What to tell the user. */
  public Problem problem() {
    return problem;
  }
}
