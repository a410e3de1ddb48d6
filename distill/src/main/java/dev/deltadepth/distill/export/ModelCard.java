package dev.deltadepth.distill.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.run.TrainingListener;
import dev.deltadepth.runtime.ModelMetadata;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A model's metadata for people, in Markdown: what it is, and the runs that its weights saw. */
public final class ModelCard {

  private static final double MEGA = 1e6;

  private static final String HEAD = "| | |\n|-|-|\n";

  private ModelCard() {}

  /**
   * The whole card of a run.
   *
   * @param metadata of the model, see {@link ModelExport#metadata}
   * @param validation the run's last; empty where no photos were held out
   */
  public static String of(
      Map<String, String> metadata, Optional<TrainingListener.Validation> validation) {
    return """
        # %s

        Depth from one photograph: a photo's bytes go in, relative disparity in 0..1 comes out, larger = nearer.

        %s

        ## Training

        %s

        The last run:

        %s

        ## Figures

        %s

        ## Limits

        Values are relative: nothing in a map is a distance, and two maps compare only after fitting scale and shift.
        The model learned from its teacher's maps, errors included, on photos of the kind it was shown. Whether the
        licences of photos and teacher extend to these weights is for whoever publishes them to say.
        """
        .formatted(
            metadata.getOrDefault(ModelMetadata.NAME, "delta"),
            facts(metadata, OptionalLong.empty()),
            training(metadata),
            lastRun(provenance(metadata)),
            validation
                .map(ModelCard::figures)
                .orElse("There were no held-out photos, so nothing was measured."));
  }

  /**
   * What a model is, as a table.
   *
   * @param metadata of the model
   * @param bytes that it takes with its weights; empty to leave the row out
   * @throws DistillException if its provenance is not JSON
   */
  public static String facts(Map<String, String> metadata, OptionalLong bytes) {
    StringBuilder table = new StringBuilder(HEAD);
    row(table, "student", metadata.getOrDefault(ModelMetadata.STUDENT, "unknown"));
    row(table, "parameters", grouped(metadata.getOrDefault(ModelMetadata.PARAMETERS, "0")));
    row(
        table,
        "multiply-accumulates",
        grouped(metadata.getOrDefault(ModelMetadata.MACS, "0")) + " at the native size, square");
    row(
        table,
        "native size",
        metadata.getOrDefault(ModelMetadata.NATIVE_SIZE, "?") + " pixels for the shorter side");
    bytes.ifPresent(count -> row(table, "file", format("%.2f MB", count / MEGA)));
    JsonNode last = provenance(metadata);
    row(table, "teacher", text(last, "teacher") + ", SHA-256 " + text(last, "teacher-hash"));
    row(
        table,
        "arithmetic of training",
        text(last.has("precision") ? last : last.path("recipe"), "precision")
            .toLowerCase(Locale.ROOT));
    long crops = 0;
    double hours = 0;
    for (JsonNode run : runs(last)) {
      crops += run.path("crops").asLong();
      hours += run.path("hours").asDouble();
    }
    row(table, "learned from", format("%,d crops in %.2f hours", crops, hours));
    return table.toString().stripTrailing();
  }

  /**
   * How a model was trained: a row for each run, the first one first.
   *
   * @param metadata of the model
   * @throws DistillException if its provenance is not JSON
   */
  public static String training(Map<String, String> metadata) {
    StringBuilder table =
        new StringBuilder(
            """
            | run | seed | crops, by size | highest rate | photos | truth | hours | machine |
            |-|-|-|-|-|-|-|-|
            """);
    int number = 1;
    for (JsonNode run : runs(provenance(metadata))) {
      JsonNode recipe = run.path("recipe");
      row(
          table,
          String.valueOf(number++),
          text(recipe, "seed"),
          crops(run),
          recipe.path("optimizer").path("rate").decimalValue().stripTrailingZeros().toPlainString(),
          format("%,d", run.path("photos").asLong()),
          truth(run),
          text(run, "hours"),
          run.path("machine").path("processor").asText("not recorded"));
    }
    return table.toString().stripTrailing();
  }

  /** The pictures with measured depth, and their share of the crops. */
  private static String truth(JsonNode run) {
    long pictures = 0;
    double share = 0;
    for (JsonNode set : run.path("truth")) {
      if (set.path("share").asDouble() > 0) {
        pictures += set.path("pictures").asLong();
        share += set.path("share").asDouble();
      }
    }
    return pictures == 0 ? "" : format("%,d (%.0f %%)", pictures, 100 * share);
  }

  private static String lastRun(JsonNode run) {
    JsonNode recipe = run.path("recipe");
    JsonNode optimizer = recipe.path("optimizer");
    StringBuilder table = new StringBuilder(HEAD);
    row(table, "photos", "SHA-256 over theirs " + text(run, "photos-hash"));
    for (JsonNode set : run.path("truth")) {
      row(
          table,
          "truth",
          format(
              "%s: %,d pictures, %.0f %% of the crops",
              text(set, "sets"),
              set.path("pictures").asLong(),
              100 * set.path("share").asDouble()));
    }
    row(table, "start", start(recipe));
    row(table, "steps", format("%,d", run.path("steps").asLong()));
    row(table, "losses", pairs(recipe.path("losses")));
    row(
        table,
        "optimizer",
        format(
            "%s, rate %s, encoder %s, %s",
            text(optimizer, "name"),
            text(optimizer, "rate"),
            text(optimizer, "encoder-rate"),
            text(optimizer, "schedule")));
    row(table, "machine", pairs(run.path("machine")));
    row(table, "versions", pairs(run.path("versions")));
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

  private static String start(JsonNode recipe) {
    JsonNode task = recipe.path("task-vector");
    return startWeights(recipe)
        + (task.isMissingNode()
            ? ""
            : ", with what %s has learned since %s"
                .formatted(text(task, "after"), text(task, "before")));
  }

  private static String startWeights(JsonNode recipe) {
    JsonNode start = recipe.path("start");
    if (start.isArray() && !start.isEmpty()) {
      return StreamSupport.stream(start.spliterator(), false)
          .map(JsonNode::asText)
          .collect(Collectors.joining(" and ", "the mean of the weights of ", ""));
    }
    if (!start.asText().isEmpty()) {
      return "the weights of " + start.asText();
    }
    return text(recipe, "encoder-weights").isEmpty()
        ? "random weights"
        : "the encoder of " + text(recipe, "encoder-weights");
  }

  private static String figures(TrainingListener.Validation validation) {
    StringBuilder text = new StringBuilder();
    if (validation.photos() > 0) {
      text.append(
          format(
              """
              Against the labels of %d held-out photos, whole, at the teacher's native size: scale-and-shift-invariant error
              %.4f (1 is a constant map), correlation %.4f (most of which is "lower in the picture is nearer"), with the layout
              removed %.4f.
              """,
              validation.photos(), validation.ssi(), validation.pearson(), validation.residual()));
    }
    for (TrainingListener.TruthError set : validation.truth()) {
      if (set.pictures() > 0) {
        text.append(
            format(
                "Mean relative error on %d held-out pictures of %s, scale and shift fitted: %.4f.\n",
                set.pictures(), set.name(), set.error()));
      }
    }
    return text.toString().stripTrailing();
  }

  /** The runs that the weights went through, the first one first. */
  private static Set<JsonNode> runs(JsonNode provenance) {
    Set<JsonNode> runs = new LinkedHashSet<>();
    collect(provenance, runs);
    return runs;
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

  private static JsonNode provenance(Map<String, String> metadata) {
    String text = metadata.getOrDefault(ModelMetadata.PROVENANCE, "");
    try {
      return JsonMapper.builder().build().readTree(text.isEmpty() ? "{}" : text);
    } catch (JsonProcessingException e) {
      throw new DistillException("the model's provenance is not JSON; export it again", e);
    }
  }

  private static String pairs(JsonNode node) {
    return node.properties().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().asText())
        .collect(Collectors.joining(", "));
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
