package dev.deltadepth.cli.base;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What all commands share: {@code --help} and {@code --version}, the headings of the help, and
 * where to print. Its exit code is 0 for success, 1 for failure and 2 for wrong usage.
 */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    sortOptions = false)
public abstract class BaseCommand implements Callable<Integer> {
  @Spec protected CommandSpec spec = CommandSpec.create();

  /** Where results go. */
  public final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where errors and progress go. */
  public final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Prints a line of results at once. */
  public final void print(String line) {
    out().println(line);
    out().flush();
  }

  /** Prints a line of results at once, with the numbers of the root locale. */
  public final void print(String format, Object... values) {
    print(String.format(Locale.ROOT, format, values));
  }

  /** Prints a line on standard error at once; threads may call it at the same time. */
  public final void warn(String line) {
    PrintWriter err = err();
    synchronized (err) {
      err.println("delta: " + ErrorText.oneLine(line));
      err.flush();
    }
  }

  /** Whether stack traces are wanted. */
  public final boolean wantsTraces() {
    OptionSpec option = spec.root().findOption("--debug");
    return option != null && Boolean.TRUE.equals(option.getValue());
  }

  /** An error that ends the command with exit code 2. */
  public final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
