package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The kind of value that each key of a recipe takes, in the words of the recipe's author. */
final class RecipeTypes {

  private static final int MOST_SHOWN = 40;

  private RecipeTypes() {}

  /**
   * Rejects a value of another kind.
   *
   * @param value given for the key
   * @param type of the record's component
   * @param key with those around it, as in {@code stages: size}
   * @throws DistillException naming the file, the key and what is expected
   */
  static void require(JsonNode value, Type type, String key, String file) {
    String expected = expected(value, type);
    if (!expected.isEmpty()) {
      throw new DistillException(
          "%s: %s must be %s, not %s".formatted(file, key, expected, shown(value)));
    }
  }

  /** What is expected instead; empty if the value is of the right kind. */
  private static String expected(JsonNode value, Type type) {
    if (type instanceof ParameterizedType generic) {
      if (generic.getRawType() == Map.class) {
        return value.isObject() && numbers(value) ? "" : "keys with numbers, such as {ssi: 1}";
      }
      // One name in place of a list of names is fine.
      boolean single =
          generic.getRawType() == List.class
              && generic.getActualTypeArguments()[0] == String.class
              && value.isTextual();
      return value.isArray() || single ? "" : "a list in [ ]";
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord() || plain == TeacherSource.class) {
      return value.isObject() ? "" : "keys and values in { }";
    }
    if (plain.isEnum()) {
      List<String> names = names(plain);
      return value.isTextual() && names.stream().anyMatch(value.asText()::equalsIgnoreCase)
          ? ""
          : "one of " + String.join(", ", names);
    }
    if (plain == int.class || plain == long.class) {
      boolean fits = plain == int.class ? value.canConvertToInt() : value.canConvertToLong();
      return value.isIntegralNumber() && fits ? "" : "a whole number";
    }
    if (plain == double.class || plain == Double.class) {
      return value.isNumber() ? "" : "a number";
    }
    if (plain == boolean.class) {
      return value.isBoolean() ? "" : "true or false";
    }
    return value.isValueNode() ? "" : "a name";
  }

  private static boolean numbers(JsonNode object) {
    return object.properties().stream()
        .allMatch(entry -> entry.getValue().isNumber() || entry.getValue().isNull());
  }

  private static List<String> names(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(Field::isEnumConstant)
        .map(RecipeTypes::name)
        .collect(Collectors.toList());
  }

  private static String name(Field constant) {
    JsonProperty property = constant.getAnnotation(JsonProperty.class);
    return property == null ? constant.getName() : property.value();
  }

  private static String shown(JsonNode value) {
    String text = value.isTextual() ? "'" + value.asText() + "'" : value.toString();
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }
}
