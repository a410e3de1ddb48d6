package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.io.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recipes as RecipeYaml.MAPPER. Missing keys are taken from {@code defaults.yaml}, a resource
 * beside this class. A file may contain several recipes, separated by lines of {@code ---}.
 */
public final class RecipeFile {
  private static final int LONGEST_REASON = 200;

  /** Objects that replace their defaults whole, because merging them makes no sense. */
  private static final Set<String> WHOLE = Set.of("losses", "teacher");

  private RecipeFile() {}

  /**
   * The recipes in a file, in order. Their paths, relative to the file, become absolute; the name
   * of an earlier recipe, which stands for its weights, stays.
   *
   * @throws DistillException naming the file, the key and the allowed values
   */
  public static List<Recipe> readAll(Path file) {
    return readAll(file, List.of());
  }

  /**
   * The same with some values changed, in each of the recipes.
   *
   * @param changes applied in order; paths in them are relative to the file, too
   */
  public static List<Recipe> readAll(Path file, List<RecipeChange> changes) {
    List<Recipe> recipes = new ArrayList<>();
    Set<String> earlier = new HashSet<>();
    for (Recipe recipe : recipes(text(file), file.toString(), changes)) {
      recipes.add(recipe.mapped(name -> earlier.contains(name) ? name : beside(file, name)));
      earlier.add(recipe.name());
    }
    return recipes;
  }

  /** The first recipe in a text, called {@code file} in messages. */
  public static Recipe parse(String text, String file) {
    return recipes(text, file, List.of()).get(0);
  }

  private static List<Recipe> recipes(String text, String file, List<RecipeChange> changes) {
    List<Recipe> recipes = new ArrayList<>();
    for (JsonNode document : documents(text, file)) {
      if (document instanceof ObjectNode recipe) {
        changes.forEach(change -> change.applyTo(recipe));
      }
      recipes.add(convert(file, document, Recipe.class));
    }
    return recipes;
  }

  /** A path relative to another file, as an absolute one, which messages can name. */
  static String beside(Path file, String name) {
    return file.toAbsolutePath().resolveSibling(name).normalize().toString();
  }

  private static String text(Path file) {
    RegularFile.require(file);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new DistillException("cannot read " + file + "; give the path of a recipe in YAML", e);
    }
  }

  /** The names of the built-in recipes. */
  public static List<String> names() {
    return List.of("bytes", "default", "measured", "multi-stage", "thesis", "tiny", "xxs");
  }

  /**
   * The built-in recipes with a name, one of {@link #names}; their paths are relative to the
   * working directory.
   *
   * @throws DistillException if the name is unknown
   */
  public static List<Recipe> named(String name) {
    return named(name, List.of());
  }

  /**
   * The same with some values changed, in each of the recipes.
   *
   * @param changes applied in order
   */
  public static List<Recipe> named(String name, List<RecipeChange> changes) {
    if (!names().contains(name)) {
      throw new DistillException(
          "unknown recipe '" + name + "'; choose from " + String.join(", ", names()));
    }
    try (InputStream in = RecipeFile.class.getResourceAsStream("recipes/" + name + ".yaml")) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return recipes(text, "recipe " + name, changes);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the built-in recipe " + name, e);
    }
  }

  /**
   * The teacher described by a file with what a recipe has under {@code teacher}. Its paths,
   * relative to the file, become absolute.
   *
   * @throws DistillException naming the file, the key and the allowed values
   */
  public static TeacherSource readTeacher(Path file) {
    return read(file, TeacherSource.class).mapped(name -> beside(file, name));
  }

  /** The only document in a file: a recipe or a recipe's teacher. */
  static <T> T read(Path file, Class<T> type) {
    List<JsonNode> documents = documents(text(file), file.toString());
    if (documents.size() > 1) {
      throw new DistillException(
          file + " holds " + documents.size() + " recipes, but one is expected; split the file");
    }
    return convert(file.toString(), documents.get(0), type);
  }

  static String write(Recipe recipe) {
    try {
      return RecipeYaml.MAPPER.writeValueAsString(recipe);
    } catch (JsonProcessingException e) {
      throw new DistillException("cannot write the recipe as YAML: " + e.getMessage(), e);
    }
  }

  private static List<JsonNode> documents(String text, String file) {
    try {
      List<JsonNode> documents = RecipeYaml.documents(text);
      if (documents.isEmpty()) {
        throw new DistillException(file + " is empty (expected a YAML mapping)");
      }
      return documents;
    } catch (JsonProcessingException e) {
      throw new DistillException(file + " is not a recipe" + line(e) + ": " + reason(e), e);
    } catch (IOException e) {
      throw new DistillException("cannot read " + file + "; give the path of a recipe in YAML", e);
    }
  }

  private static <T> T convert(String file, JsonNode document, Class<T> type) {
    if (!document.isObject()) {
      throw new DistillException(file + " is not a recipe (expected a YAML mapping)");
    }
    try {
      if (type == Recipe.class) {
        RepeatedStages.writeOut(document, file);
      }
      RecipeKeys.requireKnown(document, type, file);
      JsonNode whole = type == Recipe.class ? withDefaults((ObjectNode) document) : document;
      return RecipeYaml.MAPPER.treeToValue(whole, type);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof DistillException wrong) {
        throw new DistillException(file + ": " + wrong.getMessage(), e);
      }
      throw new DistillException(file + " is not a recipe" + place(e) + ": " + reason(e), e);
    }
  }

  private static String line(JsonProcessingException e) {
    return e.getLocation() == null || e.getLocation().getLineNr() < 1
        ? ""
        : ", line " + e.getLocation().getLineNr();
  }

  /** The parser's words on one line, without the excerpt that follows them. */
  private static String reason(JsonProcessingException e) {
    String words =
        String.valueOf(e.getOriginalMessage())
            .lines()
            .filter(line -> !line.startsWith(" "))
            .collect(Collectors.joining("; "));
    return words.length() <= LONGEST_REASON ? words : words.substring(0, LONGEST_REASON) + "...";
  }

  private static String place(JsonProcessingException e) {
    if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
      return "";
    }
    return mapping.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(": ", " at ", ""));
  }

  private static ObjectNode withDefaults(ObjectNode recipe) {
    return overlaid(defaults(), recipe);
  }

  /** The default values of recipes. */
  static ObjectNode defaults() {
    try (InputStream in = RecipeFile.class.getResourceAsStream("defaults.yaml")) {
      return (ObjectNode) RecipeYaml.MAPPER.readTree(Objects.requireNonNull(in, "defaults.yaml"));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the default values of recipes", e);
    }
  }

  private static ObjectNode overlaid(ObjectNode base, ObjectNode top) {
    for (Map.Entry<String, JsonNode> property : top.properties()) {
      String key = property.getKey();
      JsonNode value = property.getValue();
      boolean both = value.isObject() && base.path(key).isObject() && !WHOLE.contains(key);
      base.set(key, both ? overlaid((ObjectNode) base.get(key), (ObjectNode) value) : value);
    }
    return base;
  }
}
