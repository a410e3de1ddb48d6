package dev.deltadepth.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the numbers of the command line may be; any other is wrong usage, told with its bounds. */
final class Bounds {
  private static final int SMALLEST = 32;
  private static final int LARGEST = 2048;

  private Bounds() {}

  /** The shorter side that a network is to see, in pixels: 32 to 2048. */
  static void networkSize(CommandSpec spec, String option, int side) {
    within(spec, option, side, SMALLEST, LARGEST);
  }

  /** At least so many. */
  static void atLeast(CommandSpec spec, String option, int value, int least) {
    require(spec, value >= least, option + " must be at least " + least + ", not " + value);
  }

  /** From one number to another, both allowed. */
  static void within(CommandSpec spec, String option, double value, double least, double most) {
    require(
        spec,
        value >= least && value <= most,
        "%s must be between %s and %s, not %s"
            .formatted(option, plain(least), plain(most), plain(value)));
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static void require(CommandSpec spec, boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
