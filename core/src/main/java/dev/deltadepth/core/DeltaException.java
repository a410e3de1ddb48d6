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
    super(oneLine(message));
  }

  /** An error that something below reported. */
  protected DeltaException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** Names in files may hold line breaks, which terminals and logs would obey. */
  private static String oneLine(String message) {
    StringBuilder line = new StringBuilder(message.length());
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      boolean control = c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
      line.append(control ? ' ' : c);
    }
    return line.toString();
  }
}
