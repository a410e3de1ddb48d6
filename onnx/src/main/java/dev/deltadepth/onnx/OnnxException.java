package dev.deltadepth.onnx;

import dev.deltadepth.core.DeltaException;

/** An ONNX file cannot be used. The message names it and says what to do. */
public final class OnnxException extends DeltaException {
  private static final long serialVersionUID = 1L;

  /** An error with a message for the user. */
  public OnnxException(String message) {
    super(message);
  }

  /** An error with a message for the user, and its cause. */
  public OnnxException(String message, Throwable cause) {
    super(message, cause);
  }
}
