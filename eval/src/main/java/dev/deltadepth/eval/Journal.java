package dev.deltadepth.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.io.Sha256;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Results of an evaluation in a file, image by image: one line of JSON per model and image, added
 * as soon as it is known. A stopped evaluation resumes from it. Lines of other models, protocols or
 * data have other keys: they are kept but not used.
 */
public final class Journal implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String data;
  private final Map<String, SampleResult> known;
  private final int read;
  private final Set<String> used = new HashSet<>();
  private final BufferedWriter writer;

  /** A line of the file. */
  private record Line(String key, String model, String set, SampleResult result) {}

  private Journal(Path file, String data, Map<String, SampleResult> known) {
    this.file = file;
    this.data = data;
    this.known = known;
    this.read = known.size();
    try {
      // End a line that a killed run left incomplete, so that the next one starts on its own.
      boolean torn = Files.exists(file) && endsTorn(file);
      writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      if (torn) {
        writer.newLine();
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /**
   * Opens a journal and reads its results; creates it if there is none.
   *
   * @param data where the images are; results for other data are not used
   * @throws EvaluationException if it cannot be read or written
   */
  public static Journal open(Path file, String data) {
    Map<String, SampleResult> known = new HashMap<>();
    if (Files.exists(file)) {
      // Leniently: a killed run may have torn a character.
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
          read(text, known);
        }
      } catch (IOException e) {
        throw new EvaluationException(
            "cannot read " + file + "; delete it or choose another report folder", e);
      }
    }
    return new Journal(file, data, known);
  }

  /** Opens a journal to add to, without using its results. */
  public static Journal startingOver(Path file, String data) {
    return new Journal(file, data, new HashMap<>());
  }

  private static void read(String text, Map<String, SampleResult> known) {
    try {
      Line line = JSON.readValue(text, Line.class);
      if (line != null && line.key() != null && line.result() != null) {
        known.put(line.key(), line.result());
      }
    } catch (JsonProcessingException e) {
      // An incomplete line of a killed run: its image is evaluated again.
    }
  }

  /** Number of stored results that were used. */
  public int used() {
    return used.size();
  }

  /** Number of stored results that were not used: those of other models, protocols or data. */
  public int unused() {
    return read - used.size();
  }

  /** A key for everything that a result depends on; the data is included. */
  String key(List<String> causes) {
    return Sha256.of(data + "\n" + String.join("\n", causes)).substring(0, 32);
  }

  Optional<SampleResult> find(String key) {
    Optional<SampleResult> result = Optional.ofNullable(known.get(key));
    result.ifPresent(found -> used.add(key));
    return result;
  }

  /** Adds a result and flushes it. */
  void add(String key, String model, String set, SampleResult result) {
    try {
      writer.write(JSON.writeValueAsString(new Line(key, model, set, result)));
      writer.newLine();
      writer.flush();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private static boolean endsTorn(Path file) throws IOException {
    long size = Files.size(file);
    if (size == 0) {
      return false;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(size - 1).read(last);
      return last.get(0) != '\n';
    }
  }

  private EvaluationException cannotWrite(IOException e) {
    return new EvaluationException(
        "cannot write " + file + "; check the folder and the free disk space", e);
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }
}
