package dev.deltadepth.cli.option;

import picocli.CommandLine.Option;

/** {@code --quiet}. */
public final class QuietOption {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print no progress and no notes; errors are always printed.")
  private boolean quiet;

  /** Whether the user wants to see neither progress nor notes. */
  public boolean on() {
    return quiet;
  }
}
