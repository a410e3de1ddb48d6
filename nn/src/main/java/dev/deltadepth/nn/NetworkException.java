package dev.deltadepth.nn;

import dev.deltadepth.core.DeltaException;

/** A network, its weights or its exported form is invalid. The message says what to do. */
public final class NetworkException extends DeltaException {
  private static final long serialVersionUID = 1;

  /** An error with a message that says what is wrong and what to do. */
  public NetworkException(String message) {
    super(message);
  }

  /** An error with a message that says what is wrong and what to do, and its cause. */
  public NetworkException(String message, Throwable cause) {
    super(message, cause);
  }
}
