package dev.deltadepth.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The measured parts of a model card in Markdown, from the JSON of {@link EvaluationJson} and
 * {@link dev.deltadepth.eval.bench.BenchReport}.
 */
public final class CardTables {
  private static final double MEGA = 1e6;

  private CardTables() {}

  /** Errors on the sets with ground truth, a table for each evaluation. */
  public static String accuracy(List<JsonNode> evaluations) {
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
  public static String agreement(List<JsonNode> evaluations) {
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
  public static String latency(JsonNode bench) {
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

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static void row(StringBuilder table, String... cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
