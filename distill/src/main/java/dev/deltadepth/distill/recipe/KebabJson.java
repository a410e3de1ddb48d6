package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes records as one line of JSON with kebab-case keys, as in recipes. */
public final class KebabJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();

  private KebabJson() {}

  /**
   * The keys whose values differ, those within an object after its own: {@code optimizer: rate}.
   *
   * @param first an object in JSON
   * @param second another
   */
  static List<String> differences(String first, String second) {
    try {
      List<String> names = new ArrayList<>();
      collect(MAPPER.readTree(first), MAPPER.readTree(second), "", names);
      return names;
    } catch (JsonProcessingException e) {
      throw new DistillException("cannot read a recipe as JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static void collect(JsonNode first, JsonNode second, String name, List<String> names) {
    if (first.isObject() && second.isObject()) {
      Set<String> keys = new LinkedHashSet<>();
      first.fieldNames().forEachRemaining(keys::add);
      second.fieldNames().forEachRemaining(keys::add);
      String prefix = name.isEmpty() ? "" : name + ": ";
      keys.forEach(key -> collect(first.path(key), second.path(key), prefix + key, names));
    } else if (!first.equals(second)) {
      names.add(name);
    }
  }

  public static String write(Record value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new DistillException(
          "cannot write " + value.getClass().getSimpleName() + " as JSON: " + e.getMessage(), e);
    }
  }
}
