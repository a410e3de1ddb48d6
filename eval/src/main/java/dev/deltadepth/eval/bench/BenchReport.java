package dev.deltadepth.eval.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.eval.report.Csv;
import dev.deltadepth.eval.report.TextTable;
import dev.deltadepth.io.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of a benchmark as text, JSON and CSV.
 *
 * @param conditions of the measurement: photo, runs, machine
 * @param models size and memory use of each model
 * @param rows times
 */
public record BenchReport(
    Map<String, String> conditions, List<BenchModel> models, List<BenchRow> rows) {
  private static final double MEGA = 1e6;

  /** Copies the lists. */
  public BenchReport {
    models = List.copyOf(models);
    rows = List.copyOf(rows);
  }

  /** The tables and their legend. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("photo to map, in milliseconds:");
    lines.addAll(latencies().lines());
    lines.add("");
    lines.add("photo file to coloured map file, by step, p50 in milliseconds:");
    lines.addAll(steps().lines());
    lines.add("");
    lines.addAll(sizes().lines());
    lines.add("");
    lines.add(
        "ratio: time relative to the first model, median of paired runs; ORT: ONNX Runtime alone on"
            + " the same input; overhead: photo to map relative to ORT");
    lines.add(
        models.stream().allMatch(model -> model.peakBytes() > 0)
            ? "peak: resident memory of a process that runs the model, including Java; base: before"
                + " the model is loaded"
            : "peak: not available, because this operating system has no /proc/self/status");
    return lines;
  }

  private TextTable latencies() {
    TextTable table =
        new TextTable(
            1,
            List.of(
                "model",
                "input",
                "threads",
                "p50",
                "p90",
                "ratio",
                "ORT p50",
                "ratio",
                "overhead"));
    for (BenchRow row : rows) {
      table.row(
          List.of(
              row.model(),
              row.width() + "x" + row.height(),
              Integer.toString(row.threads()),
              TextTable.figure(row.estimate().p50(), 1),
              TextTable.figure(row.estimate().p90(), 1),
              TextTable.figure(row.ratio(), 2),
              TextTable.figure(row.bare().p50(), 1),
              TextTable.figure(row.bareRatio(), 2),
              TextTable.figure(row.overhead(), 2)));
    }
    return table;
  }

  private TextTable steps() {
    List<String> header = new ArrayList<>(List.of("model", "input", "threads"));
    for (BenchStage stage : BenchStage.values()) {
      header.add(stage.toString());
    }
    header.add("total");
    TextTable table = new TextTable(1, header);
    for (BenchRow row : rows) {
      List<String> cells = new ArrayList<>();
      cells.add(row.model());
      cells.add(row.width() + "x" + row.height());
      cells.add(Integer.toString(row.threads()));
      row.stages().values().forEach(step -> cells.add(TextTable.figure(step.p50(), 1)));
      cells.add(TextTable.figure(row.whole().p50(), 1));
      table.row(cells);
    }
    return table;
  }

  private TextTable sizes() {
    TextTable table =
        new TextTable(1, List.of("model", "parameters", "file, MB", "peak, MB", "base, MB"));
    for (BenchModel model : models) {
      table.row(
          List.of(
              model.name(),
              String.format(Locale.ROOT, "%,d", model.parameters()),
              TextTable.figure(model.bytes() / MEGA, 2),
              megabytes(model.peakBytes()),
              megabytes(model.baseBytes())));
    }
    return table;
  }

  private static String megabytes(long bytes) {
    return TextTable.figure(bytes > 0 ? bytes / MEGA : Double.NaN, 0);
  }

  /**
   * Writes all figures as JSON; unknown memory is null.
   *
   * @throws dev.deltadepth.io.FileException if the file cannot be written
   */
  public void writeJson(Path file) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    ObjectNode how = root.putObject("conditions");
    conditions.forEach(how::put);
    ArrayNode sizes = root.putArray("models");
    for (BenchModel model : models) {
      ObjectNode node = sizes.addObject();
      node.put("model", model.name());
      node.put("parameters", model.parameters());
      node.put("bytes", model.bytes());
      node.put("peak_bytes", model.peakBytes() > 0 ? model.peakBytes() : null);
      node.put("base_bytes", model.baseBytes() > 0 ? model.baseBytes() : null);
    }
    ArrayNode times = root.putArray("times");
    rows.forEach(row -> describe(times.addObject(), row));
    AtomicFile.write(
        file, out -> out.write(mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root)));
  }

  private static void describe(ObjectNode node, BenchRow row) {
    node.put("model", row.model());
    node.put("width", row.width());
    node.put("height", row.height());
    node.put("threads", row.threads());
    describe(node, "estimate", row.estimate());
    node.put("ratio", row.ratio());
    describe(node, "onnx_runtime", row.bare());
    node.put("onnx_runtime_ratio", row.bareRatio());
    node.put("overhead", row.overhead());
    row.stages().forEach((stage, latency) -> describe(node, stage.toString(), latency));
    describe(node, "whole", row.whole());
  }

  private static void describe(ObjectNode node, String name, Latency latency) {
    node.put(name + "_p50_ms", latency.p50());
    node.put(name + "_p90_ms", latency.p90());
  }

  /**
   * Writes the times as CSV, with the names of the JSON file.
   *
   * @throws dev.deltadepth.io.FileException if the file cannot be written
   */
  public void writeCsv(Path file) {
    ObjectMapper mapper = new ObjectMapper();
    StringBuilder text = new StringBuilder();
    for (BenchRow row : rows) {
      ObjectNode node = mapper.createObjectNode();
      describe(node, row);
      List<String> names = new ArrayList<>();
      List<String> cells = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        names.add(field.getKey());
        cells.add(Csv.cell(field.getValue().asText()));
      }
      text.append(text.isEmpty() ? String.join(",", names) + Csv.END : "");
      text.append(String.join(",", cells)).append(Csv.END);
    }
    AtomicFile.write(file, out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
