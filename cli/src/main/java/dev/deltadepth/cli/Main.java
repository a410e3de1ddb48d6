package dev.deltadepth.cli;

import dev.deltadepth.core.DeltaException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line's entrance. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Paths come and go in the terminal's own encoding, which System.out knows and a writer asks.
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    System.exit(run(arguments, out, err));
  }

  /**
   * Runs the command.
   *
   * @return 0 when all went well, 1 when something could not be done, 2 for wrong usage
   */
  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    return new CommandLine(new DeltaCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler(Main::failed)
        .execute(arguments);
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("delta: " + oneLine(String.valueOf(e.getMessage())));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
    }
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception e, CommandLine line, ParseResult arguments) {
    line.getErr().println("delta: " + describe(e));
    if (line.getCommandSpec().root().userObject() instanceof DeltaCommand top && top.debug()) {
      e.printStackTrace(line.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /**
   * What to tell the user. The messages of this project's own exceptions say what to do; all others
   * were not foreseen.
   */
  static String describe(Throwable problem) {
    String message = oneLine(String.valueOf(problem.getMessage()));
    if (problem instanceof DeltaException) {
      return message;
    }
    if (problem instanceof OutOfMemoryError) {
      return "not enough memory; give more, as in DELTA_JAVA_OPTS=-Xmx4g";
    }
    return "unexpected "
        + problem.getClass().getSimpleName()
        + " ("
        + message
        + "); run again with --debug to see where, and report it";
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
