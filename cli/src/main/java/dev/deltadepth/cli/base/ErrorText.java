package dev.deltadepth.cli.base;

/** Errors as the user sees them: one line each. */
public final class ErrorText {
  private ErrorText() {}

  /**
   * What to tell the user. The messages of this project's own exceptions say what to do; all others
   * were not foreseen.
   */
  public static String of(Throwable problem) {
    String message = oneLine(String.valueOf(problem.getMessage()));
    if (problem.getClass().getPackageName().startsWith("dev.deltadepth.")) {
      return message;
    }
    if (problem instanceof OutOfMemoryError) {
      return "not enough memory; allow more, for example with DELTA_JAVA_OPTS=-Xmx4g";
    }
    return "unexpected %s (%s); run again with --debug and report the stack trace"
        .formatted(problem.getClass().getSimpleName(), message);
  }

  /**
   * What to tell the user of a command with {@code --max-pixels} about a photo: as {@link #of}, but
   * if memory ran out, that the photo can be read smaller.
   */
  public static String ofPhoto(Throwable problem) {
    if (problem instanceof OutOfMemoryError || problem.getCause() instanceof OutOfMemoryError) {
      return "not enough memory; read it smaller, for example with --max-pixels 12, or allow more"
          + " memory with DELTA_JAVA_OPTS=-Xmx4g";
    }
    return of(problem);
  }

  /** A text without line breaks, and without what would steer a terminal. */
  public static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
  }
}
