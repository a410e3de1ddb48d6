package dev.deltadepth.distill.recipe;

import dev.deltadepth.core.DeltaException;

/** Distillation cannot go on. The message names the file or setting and says what to do. */
public final class DistillException extends DeltaException {

  private static final long serialVersionUID = 1L;

  /** With what is wrong and what to do about it. */
  public DistillException(String message) {
    super(message);
  }

  /** With what is wrong and what to do about it, and the failure behind it. */
  public DistillException(String message, Throwable cause) {
    super(message, cause);
  }
}
