package dev.deltadepth.distill;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.nn.Weights;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Photos, recipes and runs small enough for tests. */
final class SmallRun {

  private SmallRun() {}

  /** Writes rendered JPEGs of 96x80 pixels into a new folder. */
  static Path photos(Path folder, int count) throws IOException {
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
    return new Recipe(
        "small",
        7,
        "",
        new Recipe.PhotoSource("photos", 0.25, 0.6, 64, 0.1),
        new Recipe.TeacherSource("teacher.onnx"),
        List.of(new Recipe.Stage(32, 4, steps)),
        losses,
        new Recipe.Optimizer(0.002, 0.05, 3, 1),
        0.9,
        precision,
        64,
        checkpointEvery,
        10);
  }

  static Photos.Split split(Path photos) {
    return Photos.find(photos, 0.25, 64, 1 << 24);
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
      Teacher teacher,
      Consumer<TrainingListener.Step> listener) {
    return new Trainer(
            recipe, Weights.of(Map.of()), split(photos), teacher, run, listening(listener))
        .train(threads);
  }

  static TrainingListener listening(Consumer<TrainingListener.Step> steps) {
    return new TrainingListener() {
      @Override
      public void step(Step step) {
        steps.accept(step);
      }

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
