package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Groups of stages that a recipe's file repeats. */
final class RepeatedStages {

  private static final Set<String> KEYS = new TreeSet<>(Set.of("repeat", "stages"));

  private RepeatedStages() {}

  /**
   * Expands every {@code {repeat: n, stages: [...]}} among a recipe's stages, in place.
   *
   * @throws DistillException naming the file, the key and the allowed values
   */
  static void writeOut(JsonNode recipe, String file) {
    if (!recipe.path("stages").isArray()) {
      return;
    }
    ArrayNode stages = ((ObjectNode) recipe).arrayNode();
    for (JsonNode stage : recipe.get("stages")) {
      if (stage.has("repeat")) {
        int times = times(stage, file);
        for (int i = 0; i < times; i++) {
          stages.addAll((ArrayNode) stage.get("stages"));
        }
      } else {
        stages.add(stage);
      }
    }
    ((ObjectNode) recipe).set("stages", stages);
  }

  private static int times(JsonNode group, String file) {
    Set<String> keys = new TreeSet<>();
    group.fieldNames().forEachRemaining(keys::add);
    int times = group.get("repeat").asInt();
    if (!keys.equals(KEYS)
        || !group.get("repeat").isInt()
        || times < 1
        || times > Recipe.MOST_STAGES
        || !group.get("stages").isArray()
        || group.get("stages").isEmpty()) {
      throw new DistillException(
          String.format(
              Locale.ROOT,
              "%s: stages: a group must be {repeat: 1 to %d, stages: [...]}, not %s",
              file,
              Recipe.MOST_STAGES,
              group));
    }
    return times;
  }
}
