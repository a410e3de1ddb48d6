package dev.deltadepth.distill.export;

import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.nn.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** The weights of the embedded model, to train from or to learn from. */
public final class EmbeddedWeights {

  private EmbeddedWeights() {}

  /**
   * What it is and what it holds.
   *
   * @param contentHash SHA-256, in hex, of the file
   */
  public record Content(Weights weights, String contentHash) {}

  /** Whether a recipe means these weights by a name, and not a file. */
  public static boolean named(String name) {
    return name.equals(Recipe.EMBEDDED);
  }

  /**
   * Reads the weights.
   *
   * @throws DistillException if there is no room for temporary files
   */
  public static Content read() {
    try (InputStream in = EmbeddedWeights.class.getResourceAsStream("delta.safetensors")) {
      Path file = Files.createTempFile("delta", ".safetensors");
      try {
        Files.copy(
            Objects.requireNonNull(in, "delta.safetensors"),
            file,
            StandardCopyOption.REPLACE_EXISTING);
        return new Content(Safetensors.read(file), Sha256.of(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new DistillException(
          "cannot unpack the embedded weights; is there room for temporary files?", e);
    }
  }
}
