package dev.deltadepth.cli.option;

import picocli.CommandLine.Option;

/** {@code --quiet}. */
public final class QuietOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print no progress.")
  private boolean quiet;

  /** Whether the user wants to see no progress. */
  public boolean on() {
    return quiet;
  }
}
