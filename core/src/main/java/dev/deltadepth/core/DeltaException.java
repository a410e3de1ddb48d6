package dev.deltadepth.core;

/**
 * What every exception of this library is: something that the caller or user can put right. The
 * message says on one line what is wrong with which file or value, and what to do about it. Each
 * module has one subclass. Misuse from code has Java's own exceptions, like {@link
 * IllegalArgumentException}.
 */
public abstract class DeltaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error found here. */
  protected DeltaException(String message) {
    super(message);
  }

  /** An error that something below reported. */
  protected DeltaException(String message, Throwable cause) {
    super(message, cause);
  }
}
