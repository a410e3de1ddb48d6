package dev.deltadepth.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.runtime.ModelDescription.Element;
import dev.deltadepth.runtime.ModelDescription.Fact;
import dev.deltadepth.runtime.ModelDescription.Feature;
import dev.deltadepth.runtime.ModelDescription.Input;
import dev.deltadepth.runtime.ModelDescription.OtherInput;
import dev.deltadepth.runtime.ModelDescription.Size;
import java.util.List;
import java.util.Locale;

/** Writes the JSON that {@link DescriptionReader} reads. */
final class DescriptionWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DescriptionWriter() {}

  static String write(ModelDescription description) {
    ObjectNode top = JSON.createObjectNode();
    top.put("name", description.name());
    input(top.putObject("input"), description.input());
    size(top.putObject("size"), description.size());
    top.putObject("output")
        .put("name", description.output().name())
        .put("kind", small(description.output().kind()));
    if (!description.features().isEmpty()) {
      ArrayNode features = top.putArray("features");
      for (Feature feature : description.features()) {
        features
            .addObject()
            .put("name", feature.name())
            .put("stride", feature.stride())
            .put("channels", feature.channels());
      }
    }
    optional(top, "licence", description.licence());
    optional(top, "source", description.source());
    if (!description.otherInputs().isEmpty()) {
      ArrayNode others = top.putArray("other_inputs");
      for (OtherInput other : description.otherInputs()) {
        ObjectNode node = others.addObject().put("name", other.name());
        if (other.fact() == Fact.NUMBERS) {
          numbers(node, "value", other.numbers());
        } else {
          node.put("value", small(other.fact()));
        }
      }
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(top) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
    }
  }

  private static void input(ObjectNode node, Input input) {
    node.put("name", input.name())
        .put("layout", input.layout().name())
        .put("type", small(input.element()))
        .put("colour", input.colour().name());
    if (input.element() != Element.UINT8) {
      numbers(node, "range", List.of(input.low(), input.high()));
      numbers(node, "mean", input.mean());
      numbers(node, "std", input.std());
    }
  }

  private static void size(ObjectNode node, Size size) {
    switch (size.rule()) {
      case SHORTER_SIDE, SQUARE ->
          node.put("multiple", size.multiple())
              .put("shorter_side", size.width())
              .put("keep_aspect", size.keepAspect());
      case LONGER_SIDE -> node.put("multiple", size.multiple()).put("longer_side", size.width());
      case FIXED -> node.put("width", size.width()).put("height", size.height());
    }
  }

  private static void numbers(ObjectNode node, String key, List<Double> values) {
    ArrayNode array = node.putArray(key);
    values.forEach(array::add);
  }

  private static void optional(ObjectNode node, String key, String text) {
    if (!text.isEmpty()) {
      node.put(key, text);
    }
  }

  private static String small(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
