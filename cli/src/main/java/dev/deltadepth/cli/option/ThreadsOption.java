package dev.deltadepth.cli.option;

import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --threads}. */
public final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Count.class,
      description = "How many threads to use (default: one for each processor core).")
  private Optional<Integer> threads = Optional.empty();

  /** How many threads may be asked for. */
  public static final class Count extends WholeNumber {
    Count() {
      super(1, 1024);
    }
  }

  /** The number given, or one for each processor core. */
  public int count() {
    return threads.orElse(Runtime.getRuntime().availableProcessors());
  }

  /** The number given, or 0, with which ONNX Runtime chooses for itself. */
  public int countOrZero() {
    return threads.orElse(0);
  }
}
