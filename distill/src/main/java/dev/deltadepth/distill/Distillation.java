package dev.deltadepth.distill;

import dev.deltadepth.distill.export.InitialWeights;
import dev.deltadepth.distill.export.ModelExport;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.RecipeChange;
import dev.deltadepth.distill.recipe.RecipeFile;
import dev.deltadepth.distill.run.RunFolder;
import dev.deltadepth.distill.run.RunLock;
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
    try (RunLock lock = RunLock.take(folder);
        TrainingData data = TrainingData.of(recipe, folder)) {
      Trainer trainer = new Trainer(recipe, InitialWeights.of(recipe), data, folder, listener);
      Outcome outcome = finish(recipe, folder, trainer.train(threads), data);
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
    return resume(folder, List.of(), listener, threads);
  }

  /**
   * The same with some values of the recipe changed, such as the length of its stages to extend it.
   *
   * @param changes applied in order
   * @throws DistillException also if a value cannot be changed any more
   */
  public static Outcome resume(
      Path folder, List<RecipeChange> changes, DistillationListener listener, int threads) {
    RunFolder run = new RunFolder(folder);
    if (!Files.isRegularFile(run.recipe()) || !Files.isRegularFile(run.log())) {
      throw new DistillException(
          folder + " is not the folder of a run: it needs recipe.yaml and log.txt");
    }
    return run(RecipeFile.readAll(run.recipe(), changes).get(0), folder, listener, threads);
  }

  /**
   * What a recipe would do, found out without training: its pictures, a sheet of its crops with
   * what is to be learned from them, and how long its steps take here.
   *
   * @param recipe how to train; its paths are relative to the working directory
   * @param folder of the run; created if needed. Scenes are rendered into it, and the sheet written
   * @param threads that would share every batch, at least 1
   * @throws DistillException as {@link #run}
   */
  public static Plan plan(Recipe recipe, Path folder, int threads) {
    try (TrainingData data = TrainingData.of(recipe, folder)) {
      return Plan.of(recipe, data, folder, threads);
    }
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

  private static Outcome finish(
      Recipe recipe, Path folder, Trainer.Result result, TrainingData data) {
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
        HeldOutReport.write(
            model, data.photos().validation(), data.supervision(), run.comparison()));
  }
}
