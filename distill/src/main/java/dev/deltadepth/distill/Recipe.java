package dev.deltadepth.distill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a student is trained, read from YAML with kebab-case keys.
 *
 * @param name of the student that comes out
 * @param seed of the first weights, the order of photos and every augmentation
 * @param start weights to start from, a safetensors file with at least the student's arrays;
 *     relative to the recipe's file; empty for random ones
 * @param photos where the photos are and how they are cropped
 * @param teacher who labels them
 * @param stages one after the other, usually from small pictures to large
 * @param losses weight by name, see {@link LossTerms}
 * @param optimizer AdamW's settings
 * @param average decay of the moving average of the weights, which is what is exported; 0 for none
 * @param precision {@code bf16} (forward pass in bfloat16 where the operation allows) or {@code
 *     fp32}
 * @param nativeSize the shorter side at which the exported model sees a photo by default, in
 *     pixels, a multiple of 32
 * @param checkpointEvery steps between checkpoints
 * @param validateEvery steps between validations
 */
public record Recipe(
    String name,
    long seed,
    String start,
    PhotoSource photos,
    TeacherSource teacher,
    List<Stage> stages,
    Map<String, Double> losses,
    Optimizer optimizer,
    double average,
    Precision precision,
    int nativeSize,
    int checkpointEvery,
    int validateEvery) {

  /** The arithmetic of the forward pass. */
  public enum Precision {
    /** 32-bit floats throughout. */
    FP32,
    /** bfloat16 autocast; weights, losses and the optimizer stay in float32. */
    BF16
  }

  /**
   * The photos of a recipe.
   *
   * @param folder searched with its sub-folders; relative to the recipe's file
   * @param validation share held out, 0 to 0.5
   * @param smallestCrop size of the smallest crop as a share of the largest that fits, 0.1 to 1
   * @param shorterSide larger photos are reduced to this when decoded, in pixels
   * @param memory gigabytes of decoded photos kept
   */
  public record PhotoSource(
      String folder, double validation, double smallestCrop, int shorterSide, double memory) {}

  /**
   * The teacher of a recipe.
   *
   * @param model an ONNX file with a description beside it; relative to the recipe's file
   */
  public record TeacherSource(String model) {}

  /**
   * Steps at one size.
   *
   * @param size side of the square that has as many pixels as the crops of this stage
   * @param batch crops a step
   * @param steps how many
   */
  public record Stage(int size, int batch, int steps) {}

  /**
   * AdamW (Loshchilov and Hutter 2019) with a linear warm-up and a cosine to zero.
   *
   * @param rate the highest learning rate
   * @param weightDecay of kernels and matrices
   * @param warmUp steps from zero to the highest rate
   * @param clip the largest norm of the whole gradient
   */
  public record Optimizer(double rate, double weightDecay, int warmUp, double clip) {}

  /**
   * Checks every value.
   *
   * @throws DistillException naming the key and what is allowed
   */
  public Recipe {
    require(name, "name");
    start = start == null ? "" : start;
    require(photos, "photos");
    require(photos == null ? null : photos.folder(), "photos: folder");
    require(teacher, "teacher");
    require(teacher == null ? null : teacher.model(), "teacher: model");
    require(stages, "stages");
    require(losses, "losses");
    require(optimizer, "optimizer");
    require(precision, "precision");
    stages.forEach(stage -> require(stage, "the steps of one of its stages"));
    stages = List.copyOf(stages);
    // In a fixed order, so that two runs of one recipe write it down alike.
    losses = Collections.unmodifiableMap(new TreeMap<>(losses));
    within("photos: validation", photos.validation(), 0, 0.5);
    within("photos: smallest-crop", photos.smallestCrop(), 0.1, 1);
    within("photos: shorter-side", photos.shorterSide(), 64, 4096);
    within("photos: memory", photos.memory(), 0, 1024);
    within("average", average, 0, 0.99999);
    within("native-size", nativeSize, 32, 2048);
    within("native-size modulo 32", nativeSize % 32, 0, 0);
    within("checkpoint-every", checkpointEvery, 1, 1e9);
    within("validate-every", validateEvery, 1, 1e9);
    within("optimizer: rate", optimizer.rate(), 1e-9, 1);
    within("optimizer: weight-decay", optimizer.weightDecay(), 0, 1);
    within("optimizer: warm-up", optimizer.warmUp(), 0, 1e9);
    within("optimizer: clip", optimizer.clip(), 1e-6, 1e6);
    within("stages: how many", stages.size(), 1, 100);
    for (Stage stage : stages) {
      within("stages: size", stage.size(), 32, 2048);
      within("stages: size modulo 32", stage.size() % 32, 0, 0);
      within("stages: batch", stage.batch(), 1, 1024);
      within("stages: steps", stage.steps(), 1, 1e8);
    }
    LossTerms.check(losses);
  }

  private static void require(@Nullable Object value, String key) {
    if (value == null) {
      throw new DistillException(
          "the recipe lacks " + key + "; see docs/distillation.md for all keys");
    }
  }

  private static void within(String key, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new DistillException(
          "the recipe's " + key + " is " + value + " and has to lie in " + low + " to " + high);
    }
  }

  /** Steps of all stages. */
  public long steps() {
    return stages.stream().mapToLong(Stage::steps).sum();
  }

  /** Crops seen in the first steps. */
  public long crops(long steps) {
    long rest = steps;
    long crops = 0;
    for (Stage stage : stages) {
      long here = Math.min(rest, stage.steps());
      crops += here * stage.batch();
      rest -= here;
    }
    return crops;
  }

  /** The stage of a step, 0 to {@link #steps} - 1. */
  public Stage stage(long step) {
    long rest = step;
    for (Stage stage : stages) {
      if (rest < stage.steps()) {
        return stage;
      }
      rest -= stage.steps();
    }
    throw new IndexOutOfBoundsException("the recipe has " + steps() + " steps, not " + step);
  }

  /** The learning rate of a step: a linear warm-up, then a cosine to zero. */
  public double rate(long step) {
    if (step < optimizer.warmUp()) {
      return optimizer.rate() * (step + 1) / optimizer.warmUp();
    }
    double progress =
        (double) (step - optimizer.warmUp()) / Math.max(1, steps() - optimizer.warmUp());
    return optimizer.rate() * 0.5 * (1 + Math.cos(Math.PI * progress));
  }

  /**
   * Reads a recipe.
   *
   * @throws DistillException naming the file, the key and what is allowed
   */
  public static Recipe read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new DistillException(file + " cannot be read; name a recipe in YAML", e);
    }
    try {
      return mapper().readValue(text, Recipe.class);
    } catch (UnrecognizedPropertyException e) {
      throw new DistillException(
          file
              + ": there is no key "
              + e.getPropertyName()
              + "; known here are "
              + e.getKnownPropertyIds(),
          e);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof DistillException wrong) {
        throw new DistillException(file + ": " + wrong.getMessage(), e);
      }
      throw new DistillException(
          file + " is not a recipe" + place(e) + ": " + e.getOriginalMessage(), e);
    }
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

  /** The recipe as YAML, as {@link #read} takes it. */
  public String toYaml() {
    try {
      return mapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new DistillException("the recipe cannot be written", e);
    }
  }

  private static YAMLMapper mapper() {
    return YAMLMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /**
   * The recipe with the names of files and folders in place of their paths: where they lay is
   * private.
   */
  Recipe withoutPaths() {
    PhotoSource source =
        new PhotoSource(
            fileName(photos.folder()),
            photos.validation(),
            photos.smallestCrop(),
            photos.shorterSide(),
            photos.memory());
    return new Recipe(
        name,
        seed,
        fileName(start),
        source,
        new TeacherSource(fileName(teacher.model())),
        stages,
        losses,
        optimizer,
        average,
        precision,
        nativeSize,
        checkpointEvery,
        validateEvery);
  }

  private static String fileName(String path) {
    return String.valueOf(Path.of(path).getFileName());
  }

  /** The recipe as one line of JSON, for provenance. */
  public String toJson() {
    return KebabJson.write(this);
  }
}
