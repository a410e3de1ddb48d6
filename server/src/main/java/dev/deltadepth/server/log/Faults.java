package dev.deltadepth.server.log;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Tells the operator of faults that are our own. */
public final class Faults {
  private Faults() {}

  /**
   * Writes one with its stack trace, in one piece.
   *
   * @param what it happened to, which may be a client's words
   */
  public static void tell(PrintStream errors, String what, Throwable problem) {
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    errors.print("error " + what.replaceAll("[^ -~]", "?") + ": " + trace);
    errors.flush();
  }
}
