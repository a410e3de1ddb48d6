package dev.deltadepth.datasets;

import dev.deltadepth.core.DeltaException;

/** Data cannot be used. The message names the file and says what to do. */
public final class DatasetException extends DeltaException {
  private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public DatasetException(String message) {
    super(message);
  }

  /** With a message for the user and its cause. */
  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
