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

  /** A text without line breaks. */
  public static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
