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

  /**
   * For what a reader of another's format did not foresee.
   *
   * @param what is wrong and what to do, if it is not memory
   */
  static DatasetException of(String file, String what, Throwable cause) {
    return new DatasetException(
        cause instanceof OutOfMemoryError
            ? file + " does not fit into memory: give Java more (-Xmx), or copy it again if damaged"
            : file + what,
        cause);
  }
}
