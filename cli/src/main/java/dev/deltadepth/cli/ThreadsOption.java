package dev.deltadepth.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --threads}. */
final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Count.class,
      description = "How many threads to use (default: one for each processor core).")
  private Optional<Integer> threads = Optional.empty();

  /** How many threads may be asked for. */
  static final class Count extends WholeNumber {
    Count() {
      super(1, 1024);
    }
  }

  /** The number given, or one for each processor core. */
  int count() {
    return threads.orElse(Runtime.getRuntime().availableProcessors());
  }

  /** The number given, or 0, with which ONNX Runtime chooses for itself. */
  int countOrZero() {
    return threads.orElse(0);
  }
}
