package dev.deltadepth.runtime;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.deltadepth.runtime.ModelDescription.Colour;
import dev.deltadepth.runtime.ModelDescription.Element;
import dev.deltadepth.runtime.ModelDescription.Fact;
import dev.deltadepth.runtime.ModelDescription.Feature;
import dev.deltadepth.runtime.ModelDescription.Input;
import dev.deltadepth.runtime.ModelDescription.Layout;
import dev.deltadepth.runtime.ModelDescription.OtherInput;
import dev.deltadepth.runtime.ModelDescription.Output;
import dev.deltadepth.runtime.ModelDescription.OutputKind;
import dev.deltadepth.runtime.ModelDescription.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the JSON file beside a model strictly: an unknown key is an error. */
final class DescriptionReader {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private DescriptionReader() {}

  static ModelDescription read(Path json) {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(json));
    } catch (JsonProcessingException e) {
      throw new ModelException(
          json
              + " is not JSON (line "
              + e.getLocation().getLineNr()
              + ": "
              + e.getOriginalMessage()
              + "); correct or remove it",
          e);
    } catch (IOException e) {
      throw ModelSource.unreadable(json, "a JSON file", e);
    }
    Section top = new Section(json, "", root);
    top.allow("name", "input", "size", "output", "features", "licence", "source", "other_inputs");
    return new ModelDescription(
        top.text("name"),
        input(top.section("input")),
        size(top.section("size")),
        output(top.section("output")),
        top.sections("features").stream()
            .map(DescriptionReader::feature)
            .collect(Collectors.toList()),
        top.text("licence", ""),
        top.text("source", ""),
        top.sections("other_inputs").stream()
            .map(DescriptionReader::otherInput)
            .collect(Collectors.toList()));
  }

  private static Input input(Section in) {
    in.allow("name", "layout", "type", "colour", "range", "mean", "std");
    Element element = in.choice("type", Element.values());
    boolean bytes = element == Element.UINT8;
    if (bytes) {
      for (String key : List.of("range", "mean", "std")) {
        if (in.has(key)) {
          throw in.wrong(key, "left out for type uint8, because the model gets the bytes");
        }
      }
    }
    List<Double> range = in.numbers("range", 2, bytes ? List.of(0.0, 255.0) : List.of(0.0, 1.0));
    if (range.get(0) >= range.get(1)) {
      throw in.wrong("range", "two numbers in ascending order, like [0, 1]");
    }
    List<Double> std = in.numbers("std", 3, List.of(1.0, 1.0, 1.0));
    if (std.stream().anyMatch(value -> value <= 0)) {
      throw in.wrong("std", "three numbers above 0");
    }
    return new Input(
        in.text("name"),
        in.choice("layout", Layout.values()),
        element,
        in.has("colour") ? in.choice("colour", Colour.values()) : Colour.RGB,
        range.get(0),
        range.get(1),
        in.numbers("mean", 3, List.of(0.0, 0.0, 0.0)),
        std);
  }

  private static Size size(Section size) {
    size.allow("multiple", "shorter_side", "longer_side", "width", "height", "keep_aspect");
    if (size.has("width") || size.has("height")) {
      size.alone("width", "shorter_side", "longer_side", "keep_aspect", "multiple");
      return Size.fixed(size.whole("width"), size.whole("height"));
    }
    int multiple = size.whole("multiple");
    if (size.has("longer_side")) {
      size.alone("longer_side", "shorter_side", "keep_aspect");
      return Size.longerSide(multiple, size.whole("longer_side"));
    }
    return new Size(multiple, size.whole("shorter_side"), size.flag("keep_aspect", true));
  }

  private static Output output(Section out) {
    out.allow("name", "kind");
    return new Output(out.text("name"), out.choice("kind", OutputKind.values()));
  }

  private static Feature feature(Section feature) {
    feature.allow("name", "stride", "channels");
    return new Feature(feature.text("name"), feature.whole("stride"), feature.whole("channels"));
  }

  private static OtherInput otherInput(Section other) {
    other.allow("name", "value");
    String name = other.text("name");
    JsonNode value = other.node.path("value");
    if (value.isTextual()) {
      return new OtherInput(
          name, other.choice("value", new Fact[] {Fact.FOCAL_LENGTH, Fact.INTRINSICS}), List.of());
    }
    if (value.isNumber()) {
      return new OtherInput(name, Fact.NUMBERS, List.of(value.doubleValue()));
    }
    boolean listed = value.isArray() && !value.isEmpty();
    for (JsonNode number : value) {
      listed &= number.isNumber();
    }
    if (!listed) {
      throw other.wrong("value", "a number, a list of numbers, focal_length or intrinsics");
    }
    return new OtherInput(name, Fact.NUMBERS, other.numbers("value", value.size(), List.of()));
  }

  /** One object of the file, with its place in the file for messages. */
  private record Section(Path file, String place, JsonNode node) {
    Section {
      if (!node.isObject()) {
        throw new ModelException(
            file + ": " + (place.isEmpty() ? "the file" : place) + " must be an object { ... }");
      }
    }

    void allow(String... keys) {
      Set<String> unknown = new TreeSet<>();
      node.fieldNames().forEachRemaining(unknown::add);
      unknown.removeAll(Arrays.asList(keys));
      if (!unknown.isEmpty()) {
        throw new ModelException(
            file
                + ": unknown key "
                + path(unknown.iterator().next())
                + "; allowed are "
                + String.join(", ", keys));
      }
    }

    /** Refuses keys that contradict or repeat another. */
    void alone(String key, String... others) {
      for (String other : others) {
        if (has(other)) {
          throw wrong(other, "left out if " + key + " is given");
        }
      }
    }

    boolean has(String key) {
      return node.has(key);
    }

    String text(String key) {
      JsonNode value = node.path(key);
      if (!value.isTextual() || value.textValue().trim().isEmpty()) {
        throw wrong(key, "a non-empty string");
      }
      return value.textValue();
    }

    String text(String key, String otherwise) {
      return has(key) ? text(key) : otherwise;
    }

    int whole(String key) {
      JsonNode value = node.path(key);
      if (!value.canConvertToExactIntegral() || value.intValue() < 1 || !value.canConvertToInt()) {
        throw wrong(key, "an integer of at least 1");
      }
      return value.intValue();
    }

    boolean flag(String key, boolean otherwise) {
      JsonNode value = node.path(key);
      if (value.isMissingNode()) {
        return otherwise;
      }
      if (!value.isBoolean()) {
        throw wrong(key, "true or false");
      }
      return value.booleanValue();
    }

    List<Double> numbers(String key, int count, List<Double> otherwise) {
      JsonNode value = node.path(key);
      if (value.isMissingNode()) {
        return otherwise;
      }
      List<Double> numbers = new ArrayList<>();
      value.forEach(
          number -> {
            if (number.isNumber()) {
              numbers.add(number.doubleValue());
            }
          });
      if (!value.isArray() || numbers.size() != count || value.size() != count) {
        throw wrong(key, "a list of " + count + " numbers");
      }
      return numbers;
    }

    /** The constant that the key names; enums in capitals here may be in lower case in the file. */
    <E extends Enum<E>> E choice(String key, E[] constants) {
      String text = node.path(key).asText();
      for (E constant : constants) {
        if (constant.name().equalsIgnoreCase(text)) {
          return constant;
        }
      }
      List<String> names =
          Arrays.stream(constants)
              .map(Enum::name)
              .map(name -> isKept(constants) ? name : name.toLowerCase(Locale.ROOT))
              .collect(Collectors.toList());
      throw wrong(key, "one of " + String.join(", ", names));
    }

    private static boolean isKept(Enum<?>[] constants) {
      return constants instanceof Layout[] || constants instanceof Colour[];
    }

    Section section(String key) {
      JsonNode value = node.path(key);
      if (!value.isObject()) {
        throw wrong(key, "an object { ... }");
      }
      return new Section(file, path(key), value);
    }

    List<Section> sections(String key) {
      JsonNode value = node.path(key);
      if (!value.isMissingNode() && !value.isArray()) {
        throw wrong(key, "a list of objects");
      }
      List<Section> sections = new ArrayList<>();
      for (int i = 0; i < value.size(); i++) {
        sections.add(new Section(file, path(key) + "[" + i + "]", value.get(i)));
      }
      return sections;
    }

    ModelException wrong(String key, String allowed) {
      return new ModelException(
          file
              + ": "
              + path(key)
              + (has(key) ? " is " + node.get(key) : " is missing")
              + "; it must be "
              + allowed);
    }

    private String path(String key) {
      return place.isEmpty() ? key : place + "." + key;
    }
  }
}
