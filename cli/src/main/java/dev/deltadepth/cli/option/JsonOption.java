package dev.deltadepth.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** {@code --json}: all figures for other programs. */
public final class JsonOption {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write all figures to a JSON file.")
  private Optional<Path> json = Optional.empty();

  /** Writes the figures if they were asked for. */
  public void write(Consumer<Path> writer) {
    json.ifPresent(writer);
  }
}
