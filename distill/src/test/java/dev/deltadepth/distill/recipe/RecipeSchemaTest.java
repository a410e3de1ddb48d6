package dev.deltadepth.distill.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.deltadepth.distill.loss.Losses;
import dev.deltadepth.nn.DepthNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The schema for editors says what the reader does. */
class RecipeSchemaTest {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String WHOLE =
      """
      name: whole
      photos: {folder: photos}
      teacher: {model: teacher.onnx}
      stages: [{size: 64, batch: 8, steps: 100}]
      losses: {ssi: 1}
      augmentation: {}
      optimizer: {}
      start: weights
      task-vector: {before: old, after: new}
      """;

  private static JsonNode schema() {
    try {
      return YAML.readTree(Path.of("..", "recipes", "recipe.schema.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theKeysAreTheReaders() {
    assertKeys(schema(), Recipe.class);
    List<String> teachers = new ArrayList<>();
    for (JsonNode teacher : schema().at("/$defs/teacher/oneOf")) {
      String name = teacher.at("/properties/name/const").asText();
      TreeSet<String> keys = new TreeSet<>(RecipeKeys.of(RecipeKeys.teachers().get(name)).keySet());
      keys.add("name");
      assertThat(names(teacher)).as(name).isEqualTo(keys);
      teachers.add(name);
    }
    assertThat(teachers).containsExactlyInAnyOrderElementsOf(RecipeKeys.teachers().keySet());
    TreeSet<String> losses = new TreeSet<>(Losses.names());
    losses.remove("half-squared"); // that of a test
    assertThat(names(schema().at("/properties/losses"))).isEqualTo(losses);
    List<String> students = new ArrayList<>();
    schema().at("/properties/student/enum").forEach(name -> students.add(name.asText()));
    assertThat(students).isEqualTo(DepthNetwork.names());
  }

  private static void assertKeys(JsonNode object, Class<?> record) {
    Map<String, Type> keys = RecipeKeys.of(record);
    assertThat(names(object)).as(record.toString()).isEqualTo(new TreeSet<>(keys.keySet()));
    keys.forEach(
        (key, type) -> {
          JsonNode property = object.get("properties").get(key);
          if (type instanceof Class<?> inner && inner.isRecord()) {
            assertKeys(property, inner);
          } else if (type instanceof ParameterizedType list
              && list.getActualTypeArguments()[0] instanceof Class<?> item
              && item.isRecord()) {
            String either = property.at("/items/anyOf/0/$ref").asText();
            String one = either.isEmpty() ? property.at("/items/$ref").asText() : either;
            assertThat(one).startsWith("#/");
            assertKeys(schema().at(one.substring(1)), item);
          }
        });
  }

  private static JsonNode stage() {
    return schema().at("/$defs/stage");
  }

  private static Set<String> names(JsonNode object) {
    TreeSet<String> names = new TreeSet<>();
    object.get("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void theBoundsAreTheReaders() {
    List<String> checked = new ArrayList<>();
    forEachNumber(
        schema(),
        "",
        (path, bounds) -> {
          double low = bounds.get("minimum").asDouble();
          double high = bounds.get("maximum").asDouble();
          accepted(path, low);
          accepted(path, high);
          refused(path, low - Math.max(1e-10, Math.abs(low) / 2));
          refused(path, high * 1.01 + 1);
          checked.add(path);
        });
    assertThat(checked).hasSizeGreaterThan(25).contains("/optimizer/rate", "/stages/0/size");
  }

  private static void forEachNumber(JsonNode object, String path, BiConsumer<String, JsonNode> to) {
    for (Map.Entry<String, JsonNode> property : object.get("properties").properties()) {
      String here = path + "/" + property.getKey();
      JsonNode type = property.getValue();
      if (type.has("minimum")) {
        to.accept(here, type);
      } else if (here.equals("/stages")) {
        forEachNumber(stage(), here + "/0", to);
      } else if (type.has("properties") && !here.equals("/losses")) {
        forEachNumber(type, here, to);
      }
    }
  }

  private static void accepted(String path, double value) {
    assertThatCode(() -> read(path, value)).as(path + " " + value).doesNotThrowAnyException();
  }

  private static void refused(String path, double value) {
    assertThatThrownBy(() -> read(path, value))
        .as(path + " " + value)
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("a test");
  }

  private static void read(String path, double value) throws IOException {
    ObjectNode recipe = (ObjectNode) YAML.readTree(WHOLE);
    int slash = path.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) recipe.at(path.substring(0, slash));
    String key = path.substring(slash + 1);
    if (value == Math.rint(value)) {
      parent.put(key, (long) value);
    } else {
      parent.put(key, value);
    }
    if (key.equals("epochs")) {
      parent.remove("steps");
    }
    if (key.equals("scene-share")) {
      parent.put("scenes", 1);
    }
    RecipeFile.parse(YAML.writeValueAsString(recipe), "a test");
  }
}
