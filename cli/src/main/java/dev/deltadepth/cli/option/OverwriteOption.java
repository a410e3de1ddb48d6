package dev.deltadepth.cli.option;

import dev.deltadepth.io.FileException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --overwrite}: without it no file is replaced. */
public final class OverwriteOption {
  @Option(names = "--overwrite", description = "Replace files that exist.")
  private boolean overwrite;

  /** Whether files that exist are replaced. */
  public boolean on() {
    return overwrite;
  }

  /**
   * Makes sure that a file may be written.
   *
   * @throws FileException if it exists and may not be replaced
   */
  public void requireFree(Path file) {
    if (!overwrite && Files.exists(file)) {
      throw new FileException(file + " exists; use --overwrite to replace it");
    }
  }
}
