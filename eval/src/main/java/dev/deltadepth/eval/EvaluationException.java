package dev.deltadepth.eval;

import dev.deltadepth.core.DeltaException;

/** An evaluation that cannot be made. The message names the file and says what to do. */
public final class EvaluationException extends DeltaException {
  private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public EvaluationException(String message) {
    super(message);
  }

  /** With a message for the user and what led to it. */
  public EvaluationException(String message, Throwable cause) {
    super(message, cause);
  }
}
