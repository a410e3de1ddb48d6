package dev.deltadepth.cli;

import dev.deltadepth.cli.base.ErrorText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a command line: one line, and where to find help. */
final class WrongUsage implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("delta: " + ErrorText.oneLine(message(e)));
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.USAGE;
  }

  private static String message(ParameterException e) {
    if (e.getCause() instanceof TypeConversionException wrong) {
      String detail = String.valueOf(wrong.getMessage());
      // "must be ..." lacks its subject.
      return detail.startsWith("must ") ? name(e.getArgSpec()) + " " + detail : detail;
    }
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      String argument = unmatched.getUnmatched().get(0);
      return e.getCommandLine().getParent() == null
          ? "unknown command '%s'; choose from %s"
              .formatted(argument, String.join(", ", commands(e)))
          : "unexpected argument '" + argument + "'";
    }
    String message = String.valueOf(e.getMessage());
    // As written by picocli, in the style of all others.
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static List<String> commands(ParameterException e) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, CommandLine> command : e.getCommandLine().getSubcommands().entrySet()) {
      if (!command.getValue().getCommandSpec().usageMessage().hidden()) {
        names.add(command.getKey());
      }
    }
    return names;
  }
}
