package dev.deltadepth.distill;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.export.InitialWeights;
import dev.deltadepth.distill.loss.WeightedLosses;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.Stage;
import dev.deltadepth.distill.run.Checkpoint;
import dev.deltadepth.distill.run.RunFolder;
import dev.deltadepth.io.ContactSheet;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.weights.Initializer;
import dev.deltadepth.torch.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a recipe would do, without doing it.
 *
 * @param pictures what it would learn from, in words
 * @param steps of all stages
 * @param crops of all stages
 * @param seconds that training would take here at the current load, without validations
 * @param bytes that the run folder would take, without its scenes
 * @param sheet crops and what is to be learned from them
 */
public record Plan(
    String pictures, long steps, long crops, double seconds, long bytes, Path sheet) {

  /** Batches that are timed of every size, after one that is not. */
  private static final int TIMED = 2;

  /** Crops on the sheet. */
  private static final int DRAWN = 12;

  /** Bytes of a contact sheet; tables and plots take less. */
  private static final long SHEET_BYTES = 300_000;

  private static final Colormap COLOURS = Colormap.named("inferno");

  /** Finds out by making a few batches of every size and learning from them in vain. */
  static Plan of(Recipe given, TrainingData data, Path folder, int threads) {
    Tensors.threads(1);
    Recipe recipe = given.resolved(data.count());
    RunFolder run = new RunFolder(folder);
    run.create();
    DepthNetwork student = DepthNetwork.named(recipe.student());
    WeightedLosses losses = new WeightedLosses(recipe.losses());
    Optional<FeatureMatching> features = FeatureMatching.of(losses, student, data.supervision());
    List<Parameter> parameters = new ArrayList<>(student.parameters());
    features.ifPresent(f -> parameters.addAll(f.parameters()));
    BatchMaker maker = new BatchMaker(data, features.isPresent(), recipe);
    ContactSheet sheet = new ContactSheet(List.of("crop", "to learn"));
    double seconds = 0;
    try (TrainingState state =
            new TrainingState(
                recipe,
                parameters,
                InitialWeights.of(recipe).overlaid(Initializer.random(parameters, recipe.seed())),
                Optional.empty());
        Gradients gradients =
            new Gradients(
                student,
                features,
                losses,
                Autocast.here(recipe.precision()),
                state.weights(),
                threads)) {
      Map<Stage, Double> perStep = new HashMap<>();
      long step = 0;
      for (Stage stage : recipe.stages()) {
        Stage one = stage.ofOneStep();
        if (!perStep.containsKey(one)) {
          perStep.put(one, time(recipe, maker, gradients, state, step, stage, sheet));
        }
        seconds += perStep.getOrDefault(one, 0.0) * stage.steps();
        step += stage.steps();
      }
    }
    run.write(run.crops(), sheet.image());
    long values = parameters.stream().mapToLong(Parameter::count).sum();
    long validations = recipe.steps() / recipe.validateEvery() + 1;
    // The weights are there three times more: best, final and as a model.
    long bytes =
        Checkpoint.bytes(values) + 3L * Float.BYTES * values + (validations + 5) * SHEET_BYTES;
    return new Plan(
        data.description(),
        recipe.steps(),
        recipe.crops(recipe.steps()),
        seconds,
        bytes,
        run.crops());
  }

  /** Seconds per step of a stage: gradients on all threads, batches beside them. */
  private static double time(
      Recipe recipe,
      BatchMaker maker,
      Gradients gradients,
      TrainingState state,
      long step,
      Stage stage,
      ContactSheet sheet) {
    int batches = recipe.optimizer().accumulate();
    double making = 0;
    double learning = 0;
    for (int i = 0; i <= TIMED; i++) {
      long begun = System.nanoTime();
      long first = recipe.crops(step) + (long) i * stage.batch();
      Batch batch = maker.make(step * batches + i, first, stage);
      long made = System.nanoTime();
      gradients.add(batch, 1, stage.statistics());
      state.optimizer().clear();
      if (i > 0) {
        making += (made - begun) / 1e9;
        learning += (System.nanoTime() - made) / 1e9;
      }
      draw(batch, stage, sheet);
    }
    int processors = Runtime.getRuntime().availableProcessors();
    return batches * (learning + making / processors) / TIMED;
  }

  private static void draw(Batch batch, Stage stage, ContactSheet sheet) {
    int pixels = batch.height() * batch.width();
    for (int n = 0; n < batch.count() && sheet.rows() < DRAWN; n++) {
      byte[] rgb = new byte[3 * pixels];
      float[] map = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        for (int c = 0; c < 3; c++) {
          rgb[3 * i + c] = (byte) Math.round(255 * batch.rgb()[(3 * n + c) * pixels + i]);
        }
        float value = batch.disparity()[n * pixels + i];
        map[i] = Float.isNaN(value) ? 0 : value;
      }
      sheet.add(
          String.format(Locale.ROOT, "%d px; %s", stage.size(), what(batch, n)),
          List.of(
              new RgbImage(batch.width(), batch.height(), rgb),
              COLOURS.apply(
                  new DepthMap(DepthMap.Kind.DISPARITY, batch.width(), batch.height(), map))));
    }
  }

  private static String what(Batch batch, int n) {
    String of = Float.isNaN(batch.infinity()[n]) ? "scale and shift unknown" : "inverse depth";
    return batch.roughEdges()[n] ? of + ", rough edges" : of;
  }
}
