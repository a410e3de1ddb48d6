package dev.deltadepth.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.deltadepth.onnx.ModelFacts;
import dev.deltadepth.runtime.ModelException;
import dev.deltadepth.runtime.ModelMetadata;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The parts of a model card that are measured or that the model says of itself, as Markdown. */
final class CardTables {
  private static final double MEGA = 1e6;

  private CardTables() {}

  /** What a model is: from its file. */
  static String facts(ModelFacts model, long bytes) {
    Map<String, String> says = model.metadata();
    StringBuilder table = new StringBuilder("| | |\n|-|-|\n");
    row(table, "student", says.getOrDefault(ModelMetadata.STUDENT, "unknown"));
    row(table, "parameters", grouped(says.getOrDefault(ModelMetadata.PARAMETERS, "0")));
    row(
        table,
        "multiply-accumulates",
        grouped(says.getOrDefault(ModelMetadata.MACS, "0")) + " at the native size, square");
    row(
        table,
        "native size",
        says.getOrDefault(ModelMetadata.NATIVE_SIZE, "?") + " pixels for the shorter side");
    row(table, "file", format("%.2f MB", bytes / MEGA));
    JsonNode last = provenance(model);
    row(table, "teacher", text(last, "teacher") + ", SHA-256 " + text(last, "teacher-hash"));
    row(
        table,
        "arithmetic of training",
        text(last.path("recipe"), "precision").toLowerCase(Locale.ROOT));
    long crops = 0;
    double hours = 0;
    for (JsonNode run : runs(model)) {
      crops += run.path("crops").asLong();
      hours += run.path("hours").asDouble();
    }
    row(table, "learned from", format("%,d crops in %.2f hours", crops, hours));
    return table.toString().stripTrailing();
  }

  /** How it was trained: a row for each run, the first one first. */
  static String training(ModelFacts model) {
    StringBuilder table =
        new StringBuilder(
            """
            | run | seed | crops, by size | highest rate | photos | hours | machine |
            |-|-|-|-|-|-|-|
            """);
    int number = 1;
    for (JsonNode run : runs(model)) {
      JsonNode recipe = run.path("recipe");
      row(
          table,
          String.valueOf(number++),
          text(recipe, "seed"),
          crops(run),
          recipe.path("optimizer").path("rate").decimalValue().stripTrailingZeros().toPlainString(),
          format("%,d", run.path("photos").asLong()),
          text(run, "hours"),
          run.path("machine").path("processor").asText("not recorded"));
    }
    return table.toString().stripTrailing();
  }

  /** The crops of a run by size, as far as it went. */
  private static String crops(JsonNode run) {
    Map<Integer, Long> bySize = new TreeMap<>();
    long left = run.path("steps").asLong();
    for (JsonNode stage : run.path("recipe").path("stages")) {
      long steps = Math.min(left, stage.path("steps").asLong());
      left -= steps;
      long accumulate = run.path("recipe").path("optimizer").path("accumulate").asLong(1);
      long crops = steps * stage.path("batch").asLong() * accumulate;
      if (crops > 0) {
        bySize.merge(stage.path("size").asInt(), crops, Long::sum);
      }
    }
    return bySize.entrySet().stream()
        .map(size -> format("%,d of %d", size.getValue(), size.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** Errors on the sets with ground truth, a table for each evaluation. */
  static String accuracy(List<JsonNode> evaluations) {
    return evaluations.stream().map(CardTables::accuracy).collect(Collectors.joining("\n\n"));
  }

  private static String accuracy(JsonNode evaluation) {
    JsonNode model = evaluation.path("models").path(0);
    JsonNode teacher = evaluation.path("teacher");
    StringBuilder table =
        new StringBuilder(
            format(
                "Protocol `%s`, %s; intervals: %s.\n\n",
                text(evaluation, "protocol"),
                text(evaluation, "sizes"),
                text(evaluation, "intervals")));
    table.append(
        """
        | set | pictures | AbsRel | teacher | ratio | delta1 | teacher | edges | teacher |
        |-|-|-|-|-|-|-|-|-|
        """);
    for (int i = 0; i < model.path("sets").size(); i++) {
      JsonNode set = model.path("sets").path(i);
      JsonNode reference = teacher.path("sets").path(i);
      row(
          table,
          text(set, "set"),
          text(set, "images"),
          within(set, "absrel", 4),
          number(reference, "absrel", 4),
          within(set, "ratio", 3),
          number(set, "delta1", 3),
          number(reference, "delta1", 3),
          number(set, "edges", 3),
          number(reference, "edges", 3));
    }
    row(
        table,
        "mean of sets",
        String.valueOf(model.path("sets").size()),
        within(model, "mean_absrel", 4),
        number(teacher, "mean_absrel", 4),
        within(model, "ratio_of_means", 3),
        number(model, "mean_delta1", 3),
        number(teacher, "mean_delta1", 3),
        "",
        "");
    table.append(format("\nMean of the sets' ratios: %s.", number(model, "mean_of_ratios", 3)));
    return table.toString();
  }

  /** Agreement with the teacher on pictures without ground truth, a row for each evaluation. */
  static String agreement(List<JsonNode> evaluations) {
    StringBuilder table =
        new StringBuilder(
            """
            | seen at | pictures | Pearson | with the layout removed | worst | edges |
            |-|-|-|-|-|-|
            """);
    for (JsonNode evaluation : evaluations) {
      for (JsonNode set : evaluation.path("models").path(0).path("agreement")) {
        row(
            table,
            text(evaluation, "sizes"),
            text(set, "images"),
            number(set, "pearson", 3),
            within(set, "residual", 3),
            number(set, "worst_residual", 3),
            number(set, "edges", 3));
      }
    }
    return table.toString().stripTrailing();
  }

  /** Times, and what the models take. */
  static String latency(JsonNode bench) {
    JsonNode how = bench.path("conditions");
    StringBuilder table =
        new StringBuilder(
            format(
                "Models in turns on a photo of %s, %s turns after %s to warm up, %s processors, %s;"
                    + " milliseconds, median.\n\n",
                text(how, "photo"),
                text(how, "runs"),
                text(how, "warm_up"),
                text(how, "processors"),
                text(how, "os")));
    table.append(
        """
        | model | seen as | threads | photo to map | ratio | ONNX Runtime alone | ratio |
        |-|-|-|-|-|-|-|
        """);
    for (JsonNode time : bench.path("times")) {
      row(
          table,
          text(time, "model"),
          text(time, "width") + "x" + text(time, "height"),
          text(time, "threads"),
          number(time, "estimate_p50_ms", 1),
          number(time, "ratio", 2),
          number(time, "onnx_runtime_p50_ms", 1),
          number(time, "onnx_runtime_ratio", 2));
    }
    table.append("\n| model | parameters | file, MB | peak memory, MB |\n|-|-|-|-|\n");
    for (JsonNode model : bench.path("models")) {
      JsonNode peak = model.path("peak_bytes");
      row(
          table,
          text(model, "model"),
          format("%,d", model.path("parameters").asLong()),
          format("%.2f", model.path("bytes").asLong() / MEGA),
          peak.isNumber() ? format("%.0f", peak.asLong() / MEGA) : "");
    }
    return table.toString().stripTrailing();
  }

  /** The runs that the weights went through, the first one first. */
  private static List<JsonNode> runs(ModelFacts model) {
    Set<JsonNode> runs = new LinkedHashSet<>();
    collect(provenance(model), runs);
    return new ArrayList<>(runs);
  }

  /** A run comes after those that it started from; one that several started from comes once. */
  private static void collect(JsonNode run, Set<JsonNode> runs) {
    if (run.isArray()) {
      run.forEach(one -> collect(one, runs));
    } else if (run.isObject()) {
      collect(run.path("start"), runs);
      runs.add(run);
    }
  }

  private static JsonNode provenance(ModelFacts model) {
    String said = model.metadata().getOrDefault(ModelMetadata.PROVENANCE, "");
    try {
      return JsonMapper.builder().build().readTree(said.isEmpty() ? "{}" : said);
    } catch (JsonProcessingException e) {
      throw new ModelException("the model's provenance is no JSON; export it again", e);
    }
  }

  private static String within(JsonNode node, String key, int digits) {
    JsonNode interval = node.path(key + "_interval");
    String value = number(node, key, digits);
    if (!interval.isArray()) {
      return value;
    }
    String bounds = "%." + digits + "f to %." + digits + "f";
    return value
        + " ("
        + format(bounds, interval.path(0).asDouble(), interval.path(1).asDouble())
        + ")";
  }

  private static String number(JsonNode node, String key, int digits) {
    JsonNode value = node.path(key);
    return value.isNumber() ? format("%." + digits + "f", value.asDouble()) : "";
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asText("");
  }

  private static String grouped(String number) {
    return number.matches("\\d{1,18}") ? format("%,d", Long.parseLong(number)) : number;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static void row(StringBuilder table, String... cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
