package dev.deltadepth.distill.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.nn.weights.Weights;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a run needs to resume: {@code weights.safetensors}, {@code average.safetensors}, {@code
 * optimizer.pt} and {@code state.json} in one folder. The folder is written completely under
 * another name and then renamed, so a run killed at any moment finds a complete checkpoint. The one
 * before is kept beside it: {@code files.txt} lists sizes and hashes, and what does not match is
 * not used.
 */
public final class Checkpoint {

  /** Weights, their average, and up to two values per weight of the optimizer. */
  private static final long COPIES = 4;

  private static final long MARGIN = 4 << 20;

  private static final String FOLDER = "checkpoint";
  private static final String OLD = ".old";
  private static final String STATE = "state.json";
  private static final String OPTIMIZER = "optimizer.pt";
  private static final String MANIFEST = "files.txt";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * The state of a run.
   *
   * @param step steps completed
   * @param recipe as JSON without paths
   * @param data hashes of photos and teacher
   * @param seconds of training so far
   * @param skipped steps so far whose loss or gradient was not finite
   * @param standing results of its validations
   */
  public record State(
      long step, String recipe, String data, double seconds, int skipped, Standing standing) {}

  private final Path run;

  public Checkpoint(Path run) {
    this.run = run;
  }

  /**
   * Replaces the last checkpoint.
   *
   * @param optimizer writes the optimizer's state to a file
   */
  public void write(State state, Weights weights, Weights average, Consumer<Path> optimizer) {
    Path fresh = run.resolve(FOLDER + ".new");
    Path old = run.resolve(FOLDER + OLD);
    Path current = run.resolve(FOLDER);
    try {
      delete(fresh);
      requireRoom(weights);
      Files.createDirectories(fresh);
      Safetensors.write(weights, fresh.resolve("weights.safetensors"));
      Safetensors.write(average, fresh.resolve("average.safetensors"));
      optimizer.accept(fresh.resolve(OPTIMIZER));
      JSON.writeValue(fresh.resolve(STATE).toFile(), state);
      writeManifest(fresh);
      flush(fresh);
      // A damaged one must not replace the complete one before it.
      if (Files.exists(current) && fault(current).isPresent()) {
        delete(current);
      } else if (Files.exists(current)) {
        delete(old);
        Files.move(current, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(fresh, current, StandardCopyOption.ATOMIC_MOVE);
      flushFolder(run);
    } catch (IOException e) {
      throw new DistillException(
          "cannot write the checkpoint in " + run + ": " + e.getMessage() + "; is the disk full?",
          e);
    }
  }

  /**
   * Bytes that a checkpoint takes at most.
   *
   * @param values of the weights, with those of adapters
   */
  public static long bytes(long values) {
    return COPIES * Float.BYTES * values + MARGIN;
  }

  /** libtorch ends the whole process where the disk is full, so there has to be room beforehand. */
  private void requireRoom(Weights weights) throws IOException {
    long values = weights.names().stream().mapToLong(name -> weights.get(name).data().length).sum();
    long needed = bytes(values);
    long free = Files.getFileStore(run).getUsableSpace();
    if (free < needed) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%d MB are free, but it takes %d MB", free >> 20, needed >> 20));
    }
  }

  /**
   * The folder of the last complete checkpoint; empty if there is none.
   *
   * @throws DistillException naming what is wrong if there are only incomplete ones
   */
  public Optional<Path> find() {
    List<String> faults = new ArrayList<>();
    // After a kill between the two renames, the complete one still has its old name.
    for (Path folder : List.of(run.resolve(FOLDER), run.resolve(FOLDER + OLD))) {
      if (Files.exists(folder)) {
        Optional<String> fault = fault(folder);
        if (fault.isEmpty()) {
          return Optional.of(folder);
        }
        faults.add(fault.get());
      }
    }
    if (!faults.isEmpty()) {
      throw new DistillException(faults.get(0) + "; to start again, choose another run folder");
    }
    return Optional.empty();
  }

  /** What is wrong with the last checkpoint if the one before it is used. */
  public Optional<String> fault() {
    Path last = run.resolve(FOLDER);
    return Files.exists(last) ? fault(last) : Optional.empty();
  }

  private static Optional<String> fault(Path folder) {
    for (String name : List.of("weights.safetensors", "average.safetensors", OPTIMIZER, STATE)) {
      if (!Files.isRegularFile(folder.resolve(name))) {
        return Optional.of(
            "the checkpoint %s is incomplete: %s is missing".formatted(folder, name));
      }
    }
    Path manifest = folder.resolve(MANIFEST);
    if (!Files.exists(manifest)) {
      return Optional.empty(); // Written before there were lists.
    }
    try {
      for (String line : Files.readAllLines(manifest)) {
        String[] parts = line.split(" ", 2);
        if (parts.length < 2 || !parts[0].equals(Sha256.of(folder.resolve(parts[1])))) {
          return Optional.of(
              "the checkpoint %s is damaged: %s has changed"
                  .formatted(folder, parts.length < 2 ? MANIFEST : parts[1]));
        }
      }
      return Optional.empty();
    } catch (IOException | FileException e) {
      return Optional.of("the checkpoint %s cannot be read".formatted(folder));
    }
  }

  private static void writeManifest(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        lines.add(Sha256.of(file) + " " + file.getFileName());
      }
    }
    Files.write(folder.resolve(MANIFEST), lines);
  }

  public static State state(Path folder) {
    try {
      return JSON.readValue(folder.resolve(STATE).toFile(), State.class);
    } catch (IOException e) {
      throw new DistillException(
          "cannot read the checkpoint in " + folder + "; start a new run", e);
    }
  }

  public static Weights weights(Path folder) {
    return Safetensors.read(folder.resolve("weights.safetensors"));
  }

  public static Weights average(Path folder) {
    return Safetensors.read(folder.resolve("average.safetensors"));
  }

  public static Path optimizer(Path folder) {
    return folder.resolve(OPTIMIZER);
  }

  /** Forces a folder and its files to disk, so that they survive even a power cut. */
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
      // Windows cannot open folders; it writes renames to disk in order.
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
