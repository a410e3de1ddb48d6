package dev.deltadepth.distill;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.MemoryBudget;
import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.label.Labeller;
import dev.deltadepth.distill.label.Supervision;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.distill.run.TrainingListener;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Photos, recipes and runs small enough for tests. */
public final class SmallRun {

  private static final String SMALL =
      """
      name: small
      seed: 7
      photos: {folder: photos, validation: 0.25, smallest-crop: 0.6, shorter-side: 64, memory: 0.1}
      teacher: {model: teacher.onnx}
      optimizer: {rate: 0.002, weight-decay: 0.05, warm-up: 3, clip: 1}
      average: 0.9
      native-size: 64
      validate-every: 10
      """;

  private SmallRun() {}

  /** Writes rendered JPEGs of 96x80 pixels into a new folder. */
  public static Path photos(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    SceneRenderer renderer = new SceneRenderer(96, 80, 1);
    for (int i = 0; i < count; i++) {
      RgbImage photo = renderer.render(Scene.random(i)).image();
      ImageFiles.writeJpeg(photo, folder.resolve("photo-%02d.jpg".formatted(i)), 0.9f);
    }
    return folder;
  }

  static Recipe recipe(int steps, int checkpointEvery) {
    return recipe(steps, checkpointEvery, Recipe.Precision.FP32, Map.of("ssi", 1.0, "l1", 0.5));
  }

  static Recipe recipe(
      int steps, int checkpointEvery, Recipe.Precision precision, Map<String, Double> losses) {
    return recipe(
        """
        stages: [{size: 32, batch: 4, steps: %d}]
        losses: %s
        precision: %s
        checkpoint-every: %d
        """
            .formatted(
                steps,
                losses.toString().replace("=", ": "),
                precision.toString().toLowerCase(Locale.ROOT),
                checkpointEvery));
  }

  /** The small recipe with other values for some keys, in YAML. */
  static Recipe recipe(String keys) {
    String kept =
        SMALL
            .lines()
            .filter(line -> keys.lines().noneMatch(other -> key(other).equals(key(line))))
            .collect(Collectors.joining("\n", "", "\n"));
    return RecipeFile.parse(kept + keys, "a test");
  }

  private static String key(String line) {
    return line.substring(0, line.indexOf(':') + 1);
  }

  /** All photos of a folder, to train on. */
  static TrainingData all(Path photos, Labeller teacher) {
    return TrainingData.of(
        Photos.find(List.of(photos), 0, 64, new MemoryBudget(1 << 24)), Supervision.of(teacher));
  }

  static Photos.Split split(Path photos) {
    return Photos.find(List.of(photos), 0.25, 64, new MemoryBudget(1 << 24));
  }

  static Trainer.Result train(
      Recipe recipe, Path photos, Path run, int threads, Consumer<TrainingListener.Step> listener) {
    return train(recipe, photos, run, threads, PlainTeacher.withNativeSize(32), listener);
  }

  static Trainer.Result train(
      Recipe recipe,
      Path photos,
      Path run,
      int threads,
      Labeller teacher,
      Consumer<TrainingListener.Step> listener) {
    return new Trainer(
            recipe,
            Weights.of(Map.of()),
            TrainingData.of(split(photos), Supervision.of(teacher)),
            run,
            listening(listener))
        .train(threads);
  }

  static TrainingListener listening(Consumer<TrainingListener.Step> steps) {
    return new TrainingListener() {
      @Override
      public void step(Step step) {
        steps.accept(step);
      }

      @Override
      public void logged(String line) {}

      @Override
      public void validated(Validation validation) {}
    };
  }

  /** Names of the arrays that differ in any bit. */
  static List<String> differences(Weights a, Weights b) {
    List<String> names = new ArrayList<>();
    for (String name : a.names()) {
      if (!b.contains(name) || !java.util.Arrays.equals(a.get(name).data(), b.get(name).data())) {
        names.add(name);
      }
    }
    b.names().stream().filter(name -> !a.contains(name)).forEach(names::add);
    return names;
  }
}
