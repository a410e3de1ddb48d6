package dev.deltadepth.cli.option;

import dev.deltadepth.io.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** {@code --json}: all figures for other programs. */
public final class JsonOption {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          """
          Also write all figures to a JSON file; - prints them instead of the text.\
          """)
  private Optional<Path> json = Optional.empty();

  /** Whether the figures are all that is to be printed. */
  public boolean isPrinted() {
    return json.equals(Optional.of(STANDARD_OUTPUT));
  }

  /**
   * Writes or prints the figures if they were asked for.
   *
   * @param writer writes them to a file
   * @param printer prints text to standard output
   */
  public void write(Consumer<Path> writer, Consumer<String> printer) {
    if (!isPrinted()) {
      json.ifPresent(writer);
      return;
    }
    try {
      Path file = Files.createTempFile("delta-", ".json");
      try {
        writer.accept(file);
        printer.accept(Files.readString(file).stripTrailing());
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new FileException("cannot keep a temporary file: " + e.getMessage(), e);
    }
  }
}
