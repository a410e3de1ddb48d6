package dev.deltadepth.nn;

import dev.deltadepth.core.DeltaException;

/**
 * A network, its weights or its exported form is not as it has to be; the message says what to do.
 */
public final class NetworkException extends DeltaException {
  private static final long serialVersionUID = 1;

  /** With what is wrong and what to do about it. */
  public NetworkException(String message) {
    super(message);
  }

  /** With what is wrong, what to do about it, and the failure underneath. */
  public NetworkException(String message, Throwable cause) {
    super(message, cause);
  }
}
