package dev.deltadepth.io;

/** Messages of exceptions, made to fit on one line. */
final class Messages {

  private static final int LONGEST = 160;

  private Messages() {}

  /** The message of what lies behind an exception: libraries say no more than that they failed. */
  static String ofRoot(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return of(root);
  }

  /** The exception's message on one line and of bounded length; its class where it has none. */
  static String of(Throwable problem) {
    String message = problem.getMessage();
    if (message == null || message.isBlank()) {
      return problem.getClass().getSimpleName();
    }
    String line = message.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
