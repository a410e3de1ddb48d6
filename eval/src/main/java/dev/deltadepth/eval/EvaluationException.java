package dev.deltadepth.eval;

import dev.deltadepth.core.DeltaException;

/** An evaluation failed. The message names the file and says what to do. */
public final class EvaluationException extends DeltaException {
  private static final long serialVersionUID = 1L;

  /** An error with a message for the user. */
  public EvaluationException(String message) {
    super(message);
  }

  /** An error with a message for the user, and its cause. */
  public EvaluationException(String message, Throwable cause) {
    super(message, cause);
  }
}
