package dev.deltadepth.distill.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.nn.weights.Weights;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a run needs to go on: {@code weights.safetensors}, {@code average.safetensors}, {@code
 * optimizer.pt} and {@code state.json} in one folder. The folder is written whole under another
 * name and then renamed, so that a run killed at any moment finds a whole checkpoint.
 */
public final class Checkpoint {

  private static final String FOLDER = "checkpoint";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Where a run stands.
   *
   * @param step steps done
   * @param recipe the recipe it follows, as JSON without paths
   * @param data what it learns from: hashes of photos and teacher
   * @param seconds it has taken so far
   * @param skipped steps so far whose loss or gradient was not finite
   * @param standing how its validations went
   */
  public record State(
      long step, String recipe, String data, double seconds, int skipped, Standing standing) {}

  private final Path run;

  public Checkpoint(Path run) {
    this.run = run;
  }

  /**
   * Writes a checkpoint in place of the last one.
   *
   * @param optimizer writes the optimizer's state to a file
   */
  public void write(State state, Weights weights, Weights average, Consumer<Path> optimizer) {
    Path fresh = run.resolve(FOLDER + ".new");
    Path old = run.resolve(FOLDER + ".old");
    Path current = run.resolve(FOLDER);
    try {
      delete(fresh);
      Files.createDirectories(fresh);
      Safetensors.write(weights, fresh.resolve("weights.safetensors"));
      Safetensors.write(average, fresh.resolve("average.safetensors"));
      optimizer.accept(fresh.resolve("optimizer.pt"));
      JSON.writeValue(fresh.resolve("state.json").toFile(), state);
      flush(fresh);
      // Without a current one, the old one is the only whole one: it stays until there is another.
      if (Files.exists(current)) {
        delete(old);
        Files.move(current, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(fresh, current, StandardCopyOption.ATOMIC_MOVE);
      flushFolder(run);
      delete(old);
    } catch (IOException e) {
      throw new DistillException(
          "the checkpoint in " + run + " cannot be written; is the disk full? " + e.getMessage(),
          e);
    }
  }

  /** The folder of the last whole checkpoint, if the run has one. */
  public Optional<Path> find() {
    // Killed between the two renames, the whole one is still under its old name.
    return Stream.of(FOLDER, FOLDER + ".old")
        .map(run::resolve)
        .filter(folder -> Files.exists(folder.resolve("state.json")))
        .findFirst();
  }

  public static State state(Path folder) {
    try {
      return JSON.readValue(folder.resolve("state.json").toFile(), State.class);
    } catch (IOException e) {
      throw new DistillException(folder + " holds no readable checkpoint; start a new run", e);
    }
  }

  public static Weights weights(Path folder) {
    return Safetensors.read(folder.resolve("weights.safetensors"));
  }

  public static Weights average(Path folder) {
    return Safetensors.read(folder.resolve("average.safetensors"));
  }

  public static Path optimizer(Path folder) {
    return folder.resolve("optimizer.pt");
  }

  /**
   * Waits until a folder and its files are on the disk, so that not even a power cut tears them.
   */
  private static void flush(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
    flushFolder(folder);
  }

  private static void flushFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open folders; its renames are on the disk in order.
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
