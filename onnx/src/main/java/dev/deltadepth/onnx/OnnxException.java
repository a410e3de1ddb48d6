package dev.deltadepth.onnx;

import dev.deltadepth.core.DeltaException;

/** An ONNX file that cannot be used. The message names it and says what to do. */
public final class OnnxException extends DeltaException {
  private static final long serialVersionUID = 1L;

  /** With a message for the user. */
  public OnnxException(String message) {
    super(message);
  }

  /** With a message for the user and what led to it. */
  public OnnxException(String message, Throwable cause) {
    super(message, cause);
  }
}
