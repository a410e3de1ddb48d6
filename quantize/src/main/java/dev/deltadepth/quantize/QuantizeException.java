package dev.deltadepth.quantize;

import dev.deltadepth.core.DeltaException;

/** A model that cannot be quantized. The message names the file and says what to do. */
public final class QuantizeException extends DeltaException {
  private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public QuantizeException(String message) {
    super(message);
  }

  /** With a message for the user and what led to it. */
  public QuantizeException(String message, Throwable cause) {
    super(message, cause);
  }
}
