package dev.deltadepth.distill.recipe;

import dev.deltadepth.core.DeltaException;

/** Distillation failed. The message names the file or setting and says what to do. */
public final class DistillException extends DeltaException {

  private static final long serialVersionUID = 1L;

  /** An error with a message that says what is wrong and what to do. */
  public DistillException(String message) {
    super(message);
  }

  /** An error with a message that says what is wrong and what to do, and its cause. */
  public DistillException(String message, Throwable cause) {
    super(message, cause);
  }
}
