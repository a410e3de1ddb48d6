package dev.deltadepth.cli.base;

/** Errors as the user sees them: one line each. */
public final class ErrorText {
  private ErrorText() {}

  /**
   * What to tell the user. The messages of this project's own exceptions say what to do; all others
   * were not foreseen.
   */
  public static String of(Throwable problem) {
    if (problem instanceof OutOfMemoryError || hidesOutOfMemory(problem)) {
      return "not enough memory; allow more, for example with DELTA_JAVA_OPTS=-Xmx4g";
    }
    String message = oneLine(String.valueOf(problem.getMessage()));
    if (isOurs(problem)) {
      return message;
    }
    return "unexpected %s (%s); run again with --debug and report the stack trace"
        .formatted(problem.getClass().getSimpleName(), message);
  }

  private static boolean isOurs(Throwable problem) {
    return problem.getClass().getPackageName().startsWith("dev.deltadepth.");
  }

  /**
   * Whether memory ran out in a library, which made another problem of it, such as that a recipe
   * cannot be read. Exceptions of our own that were caused by it directly say so themselves.
   */
  private static boolean hidesOutOfMemory(Throwable problem) {
    Throwable cause = problem;
    while (cause != null && isOurs(cause)) {
      cause = cause.getCause();
    }
    if (cause instanceof OutOfMemoryError) {
      return false;
    }
    while (cause != null && !(cause instanceof OutOfMemoryError)) {
      cause = cause.getCause();
    }
    return cause != null;
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
