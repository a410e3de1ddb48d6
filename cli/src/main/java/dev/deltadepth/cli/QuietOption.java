package dev.deltadepth.cli;

import picocli.CommandLine.Option;

/** {@code --quiet}. */
final class QuietOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print no progress.")
  private boolean quiet;

  /** Whether the user wants to see no progress. */
  boolean on() {
    return quiet;
  }
}
