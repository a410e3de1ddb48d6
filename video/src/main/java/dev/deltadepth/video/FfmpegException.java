package dev.deltadepth.video;

import dev.deltadepth.core.DeltaException;

/** FFmpeg cannot be run, or failed. The message says what it reported. */
public final class FfmpegException extends DeltaException {
  private static final long serialVersionUID = 1L;

  /** An error found here. */
  public FfmpegException(String message) {
    super(message);
  }

  /** An error that something below reported. */
  public FfmpegException(String message, Throwable cause) {
    super(message, cause);
  }
}
