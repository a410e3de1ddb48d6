package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The allowed keys in recipes: the components of the records that they are read into. */
final class RecipeKeys {

  private RecipeKeys() {}

  /**
   * Rejects unknown keys before anything else is checked.
   *
   * @throws DistillException naming the key and the known ones
   */
  static void requireKnown(JsonNode node, Type type, String file) {
    requireKnown(node, type, new Place(file, ""));
  }

  /**
   * Where a value stands.
   *
   * @param key with those around it, as in {@code stages: size}; empty for the whole recipe
   */
  private record Place(String file, String key) {
    Place in(String inner) {
      return new Place(file, key.isEmpty() ? inner : key + ": " + inner);
    }
  }

  private static void requireKnown(JsonNode node, Type type, Place place) {
    if (node.isNull()) {
      return; // A key without a value is missing: Recipe says so.
    }
    if (!place.key().isEmpty()) {
      RecipeTypes.require(node, type, place.key(), place.file());
    }
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      node.forEach(item -> requireKnown(item, list.getActualTypeArguments()[0], place));
    } else if (type == TeacherSource.class) {
      requireKnown(node, teacher(node.path("name").asText("onnx"), place.file()), place, "name");
    } else if (type instanceof Class<?> record && record.isRecord()) {
      requireKnown(node, record, place, "");
    }
  }

  private static void requireKnown(JsonNode node, Class<?> record, Place place, String alsoKnown) {
    Map<String, Type> known = of(record);
    node.properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              if (known.containsKey(key)) {
                requireKnown(entry.getValue(), known.get(key), place.in(key));
              } else if (!key.equals(alsoKnown) && !aliases(record).contains(key)) {
                throw new DistillException(
                    place.file()
                        + ": unknown key '"
                        + key
                        + "'; choose from "
                        + String.join(", ", known.keySet()));
              }
            });
  }

  /** The keys of a record and the types of their values. */
  static Map<String, Type> of(Class<?> record) {
    Map<String, Type> keys = new LinkedHashMap<>();
    for (RecordComponent component : record.getRecordComponents()) {
      keys.put(
          PropertyNamingStrategies.KebabCaseStrategy.INSTANCE.translate(component.getName()),
          component.getGenericType());
    }
    return keys;
  }

  /** Former names of keys, which are still accepted. */
  private static Set<String> aliases(Class<?> record) {
    return Arrays.stream(record.getRecordComponents())
        .map(component -> component.getAccessor().getAnnotation(JsonAlias.class))
        .filter(Objects::nonNull)
        .flatMap(alias -> Arrays.stream(alias.value()))
        .collect(Collectors.toSet());
  }

  /** The types of teacher by name. */
  static Map<String, Class<?>> teachers() {
    Map<String, Class<?>> teachers = new LinkedHashMap<>();
    Arrays.stream(TeacherSource.class.getAnnotation(JsonSubTypes.class).value())
        .forEach(type -> teachers.put(type.name(), type.value()));
    return teachers;
  }

  private static Class<?> teacher(String name, String file) {
    Class<?> teacher = teachers().get(name);
    if (teacher == null) {
      throw new DistillException(
          file
              + ": unknown teacher '"
              + name
              + "'; choose from "
              + String.join(", ", teachers().keySet()));
    }
    return teacher;
  }
}
