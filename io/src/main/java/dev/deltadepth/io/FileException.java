package dev.deltadepth.io;

/** A file that cannot be read or written: the message names it and says what to do, on one line. */
public final class FileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with which file, and the remedy. */
  public FileException(String message) {
    super(message);
  }

  /** The same, with what the system or a decoder said. */
  public FileException(String message, Throwable cause) {
    super(message, cause);
  }
}
