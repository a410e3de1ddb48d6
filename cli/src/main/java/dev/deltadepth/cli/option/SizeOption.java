package dev.deltadepth.cli.option;

import dev.deltadepth.runtime.EstimatorOptions;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --size}: the input size of models. */
public final class SizeOption {
  @Option(
      names = "--size",
      paramLabel = "N",
      converter = Pixels.class,
      description =
          """
          Input size: the shorter side that the network sees, in pixels, 32 to 2048; larger is \
          finer and slower (default: the model's native size).\
          """)
  private Optional<Integer> size = Optional.empty();

  /** Input sizes that a network may be asked for. */
  public static final class Pixels extends WholeNumber {
    Pixels() {
      super(32, 2048);
    }
  }

  /** In pixels; empty for the model's native size. */
  public Optional<Integer> pixels() {
    return size;
  }

  /** A model's options with this size. */
  public EstimatorOptions options() {
    return EstimatorOptions.defaults().withSize(size.orElse(0));
  }
}
