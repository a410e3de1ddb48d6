package dev.deltadepth.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a command writes a model. */
public final class ModelOutput {
  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.onnx",
      description = "The model to write.")
  private Path file = Path.of("");

  @Mixin private final OverwriteOption overwrite = new OverwriteOption();

  /** The file to write. */
  public Path file() {
    return file;
  }

  /** Makes sure that a file may be written. */
  public void requireFree(Path other) {
    overwrite.requireFree(other);
  }
}
