package dev.deltadepth.cli;

import dev.deltadepth.cli.base.ErrorText;
import dev.deltadepth.cli.option.Values;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

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
   * @return 0 for success, 1 for failure, 2 for wrong usage
   */
  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    try {
      return commandLine(out, err).execute(arguments);
    } catch (Error e) {
      // picocli hands on exceptions only; this is memory that ran out, or a library that is
      // missing.
      return failed(e, err, List.of(arguments).contains("--debug"));
    }
  }

  private static int failed(Throwable problem, PrintWriter err, boolean debug) {
    err.println("delta: " + ErrorText.of(problem));
    if (debug) {
      problem.printStackTrace(err);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The command with all its subcommands. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new DeltaCommand());
    Values.register(line);
    // @FILE: an input on each line, whatever is in its name.
    line.setUseSimplifiedAtFiles(true).setAtFileCommentChar(null);
    return line.setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(new WrongUsage())
        .setExecutionStrategy(Main::runLast)
        .setExecutionExceptionHandler(Main::failed);
  }

  private static int runLast(ParseResult arguments) {
    ParseResult last = arguments;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    for (OptionSpec option : last.matchedOptions()) {
      // picocli makes no values of a lone comma.
      if (option.getValue() instanceof Collection<?> values && values.isEmpty()) {
        throw new ParameterException(
            last.commandSpec().commandLine(),
            "%s must not be '%s'".formatted(option.longestName(), option.splitRegex()));
      }
    }
    return new RunLast().execute(arguments);
  }

  private static int failed(Exception e, CommandLine line, ParseResult arguments) {
    return failed(
        e,
        line.getErr(),
        line.getCommandSpec().root().userObject() instanceof DeltaCommand top && top.debug());
  }
}
