package dev.deltadepth.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.io.Sha256;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an evaluation found, picture by picture, in a file that outlives it: a line of JSON for each
 * model and picture, added as soon as it is known. A run that was stopped goes on from it. Lines of
 * other models, protocols or data have other keys: they stay, and are not used.
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
      // A line that a killed run left half written is ended, so that the next one stands alone.
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
   * Opens a journal and reads what it knows; makes one if there is none.
   *
   * @param data where the pictures are; results on others are not used
   * @throws EvaluationException if it cannot be read or written
   */
  public static Journal open(Path file, String data) {
    Map<String, SampleResult> known = new HashMap<>();
    if (Files.exists(file)) {
      try (Stream<String> lines = Files.lines(file)) {
        lines.forEach(text -> read(text, known));
      } catch (IOException e) {
        throw new EvaluationException(
            file + " cannot be read; delete it, or name another folder for the report", e);
      }
    }
    return new Journal(file, data, known);
  }

  /** Opens a journal to add to; what it knows already is not used. */
  public static Journal startingOver(Path file, String data) {
    return new Journal(file, data, new HashMap<>());
  }

  private static void read(String text, Map<String, SampleResult> known) {
    try {
      Line line = JSON.readValue(text, Line.class);
      known.put(line.key(), line.result());
    } catch (JsonProcessingException e) {
      // Half a line, of a run that was killed: its picture is done again.
    }
  }

  /** How many of the results that it had were used. */
  public int used() {
    return used.size();
  }

  /** How many of the results that it had were not: they are of other models, protocols or data. */
  public int unused() {
    return read - used.size();
  }

  /** The key of all that a result depends on, beside the data. */
  String key(List<String> causes) {
    return Sha256.of(data + "\n" + String.join("\n", causes)).substring(0, 32);
  }

  Optional<SampleResult> find(String key) {
    Optional<SampleResult> result = Optional.ofNullable(known.get(key));
    result.ifPresent(found -> used.add(key));
    return result;
  }

  /** Adds a result and hands it to the operating system. */
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
        file + " cannot be written; check the folder and that the disk has room", e);
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
