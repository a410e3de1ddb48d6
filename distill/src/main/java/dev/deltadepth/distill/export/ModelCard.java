package dev.deltadepth.distill.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.run.TrainingListener;
import dev.deltadepth.nn.CostOps;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.runtime.ModelMetadata;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What there is to say about a model, for people, from what its weights say of themselves. */
public final class ModelCard {

  private ModelCard() {}

  /**
   * The card in Markdown.
   *
   * @param weights with the metadata of a run
   * @param validation the run's last; empty where no photos were held out
   */
  public static String of(Weights weights, Optional<TrainingListener.Validation> validation) {
    String name = weights.metadata().getOrDefault(ModelMetadata.NAME, "delta");
    int size = Integer.parseInt(weights.metadata().getOrDefault(ModelMetadata.NATIVE_SIZE, "256"));
    JsonNode from = provenance(weights);
    JsonNode recipe = from.path("recipe");
    DepthNetwork student = ModelExport.student(weights);
    CostOps costs = new CostOps();
    student.apply(costs, new CostOps.Shape(1, 3, size, size));
    StringBuilder card = new StringBuilder();
    card.append("# ").append(name).append("\n\n");
    card.append(
        "Depth from one photograph: a photo's bytes go in, relative disparity in 0..1 comes out,"
            + " larger = nearer.\n\n| | |\n|-|-|\n");
    row(card, "network", recipe.path("student").asText(student.encoder().name()));
    row(card, "parameters", "%,d", costs.parameterCount());
    row(card, "multiply-accumulates", "%,d at %dx%d", costs.macs(), size, size);
    row(card, "native size", "%d pixels for the shorter side", size);
    row(card, "teacher", "%s, SHA-256 %s", text(from, "teacher"), text(from, "teacher-hash"));
    row(
        card,
        "photos",
        "%,d, SHA-256 over theirs %s",
        from.path("photos").asLong(),
        text(from, "photos-hash"));
    row(card, "start", start(recipe));
    row(
        card,
        "steps",
        "%,d, of %,d crops in all",
        from.path("steps").asLong(),
        from.path("crops").asLong());
    row(card, "sizes", sizes(recipe.path("stages")));
    row(card, "losses", pairs(recipe.path("losses")));
    row(
        card,
        "optimizer",
        "%s, rate %s, encoder %s, %s",
        text(recipe.path("optimizer"), "name"),
        text(recipe.path("optimizer"), "rate"),
        text(recipe.path("optimizer"), "encoder-rate"),
        text(recipe.path("optimizer"), "schedule"));
    row(card, "arithmetic", text(recipe, "precision"));
    row(card, "seed", text(recipe, "seed"));
    row(card, "time", "%s hours", text(from, "hours"));
    row(card, "machine", pairs(from.path("machine")));
    row(card, "versions", pairs(from.path("versions")));
    card.append("\n## Figures\n\n");
    card.append(
        validation
            .map(ModelCard::figures)
            .orElse("No photos were held out, so nothing was measured.\n"));
    card.append(
        "\n## What it is not good for\n\n"
            + "Values are relative: nothing in a map is a distance, and two maps compare only after"
            + " fitting scale and shift.\nThe model has learned from its teacher's maps, errors"
            + " included, on photos of the kind it was shown. Whether the\nlicences of photos and"
            + " teacher reach these weights is for whoever publishes them to say.\n");
    return card.toString();
  }

  private static JsonNode provenance(Weights weights) {
    try {
      return JsonMapper.builder()
          .build()
          .readTree(weights.metadata().getOrDefault(ModelMetadata.PROVENANCE, "{}"));
    } catch (JsonProcessingException e) {
      throw new DistillException("the weights do not say where they came from; train them anew", e);
    }
  }

  private static String start(JsonNode recipe) {
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

  private static String sizes(JsonNode stages) {
    return StreamSupport.stream(stages.spliterator(), false)
        .map(
            stage ->
                "%s steps of %s crops of %sx%s"
                    .formatted(
                        text(stage, "steps"),
                        text(stage, "batch"),
                        text(stage, "size"),
                        text(stage, "size")))
        .collect(Collectors.joining(", then "));
  }

  private static String figures(TrainingListener.Validation validation) {
    return String.format(
        Locale.ROOT,
        "Against the teacher on %d photos held out, whole, at the teacher's native size:"
            + " scale-and-shift-invariant error %.4f (1 is a\nconstant map), correlation %.4f (most"
            + " of which is \"lower in the picture is nearer\").\n",
        validation.photos(),
        validation.ssi(),
        validation.pearson());
  }

  private static String pairs(JsonNode node) {
    return node.properties().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().asText())
        .collect(Collectors.joining(", "));
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asText("");
  }

  private static void row(StringBuilder card, String key, String format, Object... values) {
    String value = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    card.append("| ").append(key).append(" | ").append(value).append(" |\n");
  }
}
