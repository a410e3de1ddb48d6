package dev.deltadepth.runtime;

import dev.deltadepth.core.DeltaException;

/** A model cannot be used. The message names the file and says what to do. */
public final class ModelException extends DeltaException {
  private static final long serialVersionUID = 1L;

  /** An error found here. */
  public ModelException(String message) {
    super(message);
  }

  /** An error that something below reported. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
