package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * A value that replaces a recipe's own: {@code stages.0.steps=100}.
 *
 * @param key keys and places in lists, counted from 0, separated by dots
 * @param value in YAML
 */
public record RecipeChange(String key, String value) {

  /**
   * Reads {@code KEY=VALUE}.
   *
   * @throws DistillException if there is no {@code =}, or nothing before it
   */
  public static RecipeChange parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new DistillException(
          "give a change as KEY=VALUE, such as stages.0.steps=100, not '" + text + "'");
    }
    return new RecipeChange(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  /**
   * Changes a recipe in place. Keys are not checked here.
   *
   * @throws DistillException if the key leads nowhere, or the value is not YAML
   */
  void applyTo(ObjectNode recipe) {
    String[] keys = key.split("\\.", -1);
    JsonNode at = recipe;
    for (int i = 0; i < keys.length - 1; i++) {
      at = inner(at, keys[i]);
    }
    String last = keys[keys.length - 1];
    if (at instanceof ObjectNode object) {
      object.set(last, parsed());
    } else if (at instanceof ArrayNode list) {
      list.set(place(list, last), parsed());
    } else {
      throw nowhere(last);
    }
  }

  private JsonNode inner(JsonNode node, String name) {
    if (node instanceof ObjectNode object) {
      return object.has(name) ? object.get(name) : object.putObject(name);
    }
    if (node instanceof ArrayNode list) {
      return list.get(place(list, name));
    }
    throw nowhere(name);
  }

  private int place(ArrayNode list, String name) {
    if (!name.matches("\\d{1,6}") || Integer.parseInt(name) >= list.size()) {
      throw new DistillException(
          String.format(
              Locale.ROOT,
              "%s: '%s' is not a place in the list, which has %d entries, counted from 0",
              key,
              name,
              list.size()));
    }
    return Integer.parseInt(name);
  }

  private DistillException nowhere(String name) {
    return new DistillException("%s: there is nothing in which '%s' could be".formatted(key, name));
  }

  private JsonNode parsed() {
    try {
      List<JsonNode> values = RecipeYaml.documents(value);
      return values.isEmpty() ? MissingNode.getInstance() : values.get(0);
    } catch (JsonProcessingException e) {
      throw new DistillException(
          "%s: '%s' is not a value in YAML: %s".formatted(key, value, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
