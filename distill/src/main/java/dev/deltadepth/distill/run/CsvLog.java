package dev.deltadepth.distill.run;

import dev.deltadepth.distill.recipe.DistillException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A CSV table that grows row by row and is truncated when a run resumes. */
final class CsvLog implements AutoCloseable {

  private final Path file;
  private final BufferedWriter writer;

  /**
   * Opens a table for a run that has completed {@code step} steps; rows beyond are dropped.
   *
   * @param header names of the columns; the first is the step
   */
  CsvLog(Path file, List<String> header, long step) {
    this.file = file;
    List<String> kept = new ArrayList<>();
    kept.add(String.join(",", header));
    try {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
          int comma = line.indexOf(',');
          // A row cut short by a kill is dropped: its step is repeated.
          if (comma > 0
              && line.split(",", -1).length == header.size()
              && Long.parseLong(line.substring(0, comma)) <= step) {
            kept.add(line);
          }
        }
      }
      Files.write(file, kept);
      writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new DistillException("cannot write " + file + "; check the run folder", e);
    }
  }

  /** Adds a row and flushes it. */
  void row(List<?> values) {
    try {
      writer.write(String.join(",", values.stream().map(String::valueOf).toList()));
      writer.newLine();
      writer.flush();
    } catch (IOException e) {
      throw new DistillException("cannot write " + file + "; is the disk full?", e);
    }
  }

  /** The numbers in a table by column name. */
  static Map<String, List<Double>> columns(Path table) {
    Map<String, List<Double>> columns = new LinkedHashMap<>();
    try {
      List<String> lines = Files.readAllLines(table);
      String[] names = lines.get(0).split(",", -1);
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",", -1);
        for (int i = 0; i < names.length; i++) {
          columns
              .computeIfAbsent(names[i], name -> new ArrayList<>())
              .add(Double.parseDouble(cells[i]));
        }
      }
    } catch (IOException e) {
      throw new DistillException("cannot read " + table + "; check the run folder", e);
    }
    return columns;
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new DistillException("cannot write " + file + "; is the disk full?", e);
    }
  }
}
