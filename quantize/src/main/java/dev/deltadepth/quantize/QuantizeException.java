package dev.deltadepth.quantize;

import dev.deltadepth.core.DeltaException;

/** A model cannot be quantized. The message names the file and says what to do. */
public final class QuantizeException extends DeltaException {
  private static final long serialVersionUID = 1L;

  /** An error with a message for the user. */
  public QuantizeException(String message) {
    super(message);
  }

  /** An error with a message for the user, and its cause. */
  public QuantizeException(String message, Throwable cause) {
    super(message, cause);
  }
}
