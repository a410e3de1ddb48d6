package dev.deltadepth.distill;

import dev.deltadepth.distill.data.Photos;
import dev.deltadepth.distill.export.InitialWeights;
import dev.deltadepth.distill.export.ModelExport;
import dev.deltadepth.distill.label.Labeller;
import dev.deltadepth.distill.label.SceneFolder;
import dev.deltadepth.distill.label.Teachers;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.PhotoSource;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.run.RunFolder;
import dev.deltadepth.distill.run.TrainingListener;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.onnx.OnnxExporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entry point for distillation: from a recipe to a model ready for use.
 *
 * <pre>{@code
 * Recipe recipe = Recipe.read(Path.of("mine.yaml"));
 * Distillation.Outcome outcome =
 *     Distillation.run(recipe, Path.of("runs", "mine"), DistillationListener.NONE);
 * try (DepthEstimator mine =
 *     DepthEstimator.open(outcome.model(), EstimatorOptions.defaults())) { ... }
 * }</pre>
 */
public final class Distillation {

  private Distillation() {}

  /**
   * The result of a recipe.
   *
   * @param run the run folder
   * @param weights the student's weights as .safetensors: the moving average, without adapters
   * @param model the same weights as an .onnx model
   * @param steps completed
   * @param seconds of training in total, including those before the run was resumed
   * @param skipped steps whose loss or gradient was not finite
   * @param unreadable what is wrong with each unreadable photo
   * @param validation of the weights; empty if no photos were held out
   * @param heldOut the model compared with its teacher; empty if no photos were held out
   */
  public record Outcome(
      RunFolder run,
      Path weights,
      Path model,
      long steps,
      double seconds,
      int skipped,
      List<String> unreadable,
      Optional<TrainingListener.Validation> validation,
      Optional<HeldOutReport> heldOut) {}

  /**
   * Distils one student with one thread per processor.
   *
   * @param recipe how to train; its paths are relative to the working directory, as {@link
   *     Recipe#read} makes them
   * @param folder of the run; created if needed, and resumed if it holds a checkpoint
   * @throws DistillException if the recipe, the photos or the teacher cannot be used, the folder
   *     belongs to another recipe or other data, the loss stays non-finite, or a file cannot be
   *     written
   */
  public static Outcome run(Recipe recipe, Path folder, DistillationListener listener) {
    return run(recipe, folder, listener, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Distils one student with a given number of threads.
   *
   * @param threads that share every batch, at least 1
   */
  public static Outcome run(
      Recipe recipe, Path folder, DistillationListener listener, int threads) {
    listener.begins(recipe, folder);
    Photos.Split photos = photos(recipe, folder);
    try (Labeller teacher = Teachers.of(recipe, folder)) {
      Trainer trainer =
          new Trainer(recipe, InitialWeights.of(recipe), photos, teacher, folder, listener);
      Outcome outcome = finish(recipe, folder, trainer.train(threads), photos, teacher);
      listener.ended(recipe, outcome);
      return outcome;
    }
  }

  /**
   * Resumes a stopped run; a completed run returns its outcome again.
   *
   * @param folder of the run
   * @throws DistillException as {@link #run}, and if the folder holds no run
   */
  public static Outcome resume(Path folder, DistillationListener listener) {
    return resume(folder, listener, Runtime.getRuntime().availableProcessors());
  }

  /**
   * The same with a number of threads.
   *
   * @param threads that share every batch, at least 1
   */
  public static Outcome resume(Path folder, DistillationListener listener, int threads) {
    RunFolder run = new RunFolder(folder);
    if (!Files.isRegularFile(run.recipe()) || !Files.isRegularFile(run.log())) {
      throw new DistillException(
          folder + " is not the folder of a run: it needs recipe.yaml and log.txt");
    }
    return run(Recipe.read(run.recipe()), folder, listener, threads);
  }

  /**
   * Distils the students of several recipes one after the other. Where a recipe names weights, as
   * its teacher or to start from, it may name an earlier recipe.
   *
   * @param recipes in order, as {@link dev.deltadepth.distill.recipe.RecipeFile#readAll} returns
   *     them
   * @param folder for the run folders, each named after its recipe
   * @param threads that share every batch, at least 1
   * @throws DistillException as {@link #run}
   */
  public static List<Outcome> runAll(
      List<Recipe> recipes, Path folder, DistillationListener listener, int threads) {
    Map<String, String> runs = new HashMap<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (Recipe recipe : recipes) {
      Path run = folder.resolve(recipe.name());
      Recipe located = recipe.mapped(name -> runs.getOrDefault(name, name));
      outcomes.add(run(located, run, listener, threads));
      runs.put(recipe.name(), run.toString());
    }
    return outcomes;
  }

  /** The photos of a recipe, after rendering its scenes. */
  private static Photos.Split photos(Recipe recipe, Path folder) {
    PhotoSource source = recipe.photos();
    List<Path> folders = new ArrayList<>();
    if (!source.folder().isEmpty()) {
      folders.add(Path.of(source.folder()));
    }
    if (source.scenes() > 0) {
      Path scenes = new RunFolder(folder).scenes();
      SceneFolder.render(scenes, source.scenes(), source.sceneHeight());
      folders.add(SceneFolder.photos(scenes));
    }
    return Photos.find(folders, source.validation(), source.shorterSide(), source.budget());
  }

  private static Outcome finish(
      Recipe recipe, Path folder, Trainer.Result result, Photos.Split photos, Labeller teacher) {
    RunFolder run = new RunFolder(folder);
    Path weights = run.weights(recipe.name());
    Path model = run.model(recipe.name());
    Safetensors.write(result.weights(), weights);
    byte[] onnx =
        ModelExport.onnx(
            result.weights(), recipe.name(), recipe.nativeSize(), OnnxExporter.Form.defaults());
    AtomicFile.write(model, out -> out.write(onnx));
    return new Outcome(
        run,
        weights,
        model,
        result.steps(),
        result.seconds(),
        result.skipped(),
        result.unreadable(),
        result.validation(),
        HeldOutReport.write(model, photos.validation(), teacher, run.comparison()));
  }
}
