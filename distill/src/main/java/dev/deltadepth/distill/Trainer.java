package dev.deltadepth.distill;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.distill.export.ModelCard;
import dev.deltadepth.distill.export.ModelExport;
import dev.deltadepth.distill.loss.WeightedLosses;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.run.Checkpoint;
import dev.deltadepth.distill.run.Machine;
import dev.deltadepth.distill.run.Provenance;
import dev.deltadepth.distill.run.RunFolder;
import dev.deltadepth.distill.run.RunRecorder;
import dev.deltadepth.distill.run.Standing;
import dev.deltadepth.distill.run.TrainingListener;
import dev.deltadepth.distill.run.Versions;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.weights.Initializer;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.runtime.ModelMetadata;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Distils a student from a teacher on unlabelled photos, following a recipe. Batches are made in
 * the background while the network learns from the previous one. A run lives in a folder ({@link
 * RunFolder}) and resumes from its last checkpoint.
 */
final class Trainer {

  private final Recipe recipe;
  private final Weights initial;
  private final TrainingData data;
  private final RunFolder run;
  private final TrainingListener listener;
  private final DepthNetwork student;
  private final WeightedLosses losses;
  private final Optional<FeatureMatching> features;
  private final Checkpoint checkpoint;
  private final Recipe.Precision precision;
  private final long begun = System.nanoTime();

  /**
   * A trainer for one run.
   *
   * @param recipe how to train; its paths are relative to the working directory
   * @param initial weights to start from; missing ones are initialised at random
   * @param data to train and validate on; stays open
   * @param run folder of the run; created if needed, and resumed if it holds a checkpoint
   * @param listener notified of every step
   */
  Trainer(Recipe recipe, Weights initial, TrainingData data, Path run, TrainingListener listener) {
    this.recipe = recipe.resolved(data.count());
    this.initial = initial;
    this.data = data;
    this.run = new RunFolder(run);
    this.listener = listener;
    this.student = DepthNetwork.named(recipe.student());
    this.losses = new WeightedLosses(recipe.losses());
    this.features = FeatureMatching.of(losses, student, data.supervision());
    this.checkpoint = new Checkpoint(run);
    this.precision = Autocast.here(recipe.precision());
  }

  /**
   * The result of a run.
   *
   * @param weights the moving average of the student's weights, without adapters
   * @param steps completed
   * @param seconds of training in total, including those before the run was resumed
   * @param skipped steps whose loss or gradient was not finite
   * @param unreadable what is wrong with each unreadable photo
   * @param validation of the weights; empty if no photos were held out
   */
  record Result(
      Weights weights,
      long steps,
      double seconds,
      int skipped,
      List<String> unreadable,
      Optional<TrainingListener.Validation> validation) {}

  /**
   * Trains to the end of the recipe.
   *
   * @param threads that share every batch
   * @throws DistillException if the loss stays non-finite, the run's folder belongs to another
   *     recipe or other data, or a file cannot be written
   */
  Result train(int threads) {
    Tensors.threads(1);
    List<Parameter> parameters = parameters();
    Optional<Path> last = checkpoint.find();
    Checkpoint.State state = last.map(Checkpoint::state).orElse(beginning());
    requireSameRun(state);
    run.begin(recipe);
    run.write(run.heldOut(), data.heldOut());
    Weights start = initial.overlaid(Initializer.random(parameters, recipe.seed()));
    try (RunRecorder recorder = new RunRecorder(recipe, run, listener, state.step());
        TrainingState network = new TrainingState(recipe, parameters, start, last);
        Gradients gradients =
            new Gradients(student, features, losses, precision, network.weights(), threads);
        BatchQueue batches =
            new BatchQueue(
                recipe, new BatchMaker(data, features.isPresent(), recipe), state.step())) {
      checkpoint.fault().ifPresent(fault -> recorder.say(fault + "; the one before is used"));
      if (data.heldOutCount() == 0 && recipe.keep() == Recipe.Keep.BEST) {
        recorder.say("keep: best has no effect, because nothing is held out to measure");
      }
      recorder.say(
          String.format(
              Locale.ROOT,
              "%s at step %,d of %,d: %s",
              last.isEmpty() ? "started" : "resumed",
              state.step(),
              recipe.steps(),
              data.description()));
      if (precision != recipe.precision()) {
        recorder.say(
            "bf16 would be slower on this processor, which has no AVX-512: it learns in fp32");
      }
      Validator validator = new Validator(student, losses, data, recipe.nativeSize());
      Saving saving = new Saving(network, state.seconds());
      TrainingLoop loop =
          new TrainingLoop(recipe, network, gradients, batches, validator, recorder, saving, state);
      if (last.isEmpty() && !recipe.start().isEmpty()) {
        loop.measureStart();
      }
      loop.run();
      return finish(loop, saving, validator, recorder);
    }
  }

  private Checkpoint.State beginning() {
    return new Checkpoint.State(0, recipe.withoutPaths().toJson(), hashes(), 0, 0, Standing.BEFORE);
  }

  private String hashes() {
    return data.contentHash() + " " + data.supervision().contentHash();
  }

  private void requireSameRun(Checkpoint.State state) {
    List<String> changed = recipe.withoutPaths().changedKeys(state.recipe(), state.step());
    if (!changed.isEmpty()) {
      throw new DistillException(
          "%s was started with another recipe: %s; choose another run folder or restore what differs"
              .formatted(run.folder(), String.join(", ", changed)));
    }
    if (!state.data().equals(hashes())) {
      throw new DistillException(
          run.folder()
              + " was started with other photos or another teacher; choose another run folder or"
              + " restore the original");
    }
  }

  private List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(student.parameters());
    features.ifPresent(f -> all.addAll(f.parameters()));
    return all;
  }

  private Result finish(
      TrainingLoop loop, Saving saving, Validator validator, RunRecorder recorder) {
    double seconds = saving.seconds();
    boolean best = recipe.keep() == Recipe.Keep.BEST && !loop.standing().empty();
    Weights weights = best ? Safetensors.read(run.best()) : saving.exportable(loop.step());
    List<String> unreadable = data.unreadable();
    unreadable.forEach(problem -> recorder.say("skipped: " + problem));
    if (loop.skipped() > 0) {
      recorder.say(
          String.format(
              Locale.ROOT, "skipped %,d steps with a non-finite loss or gradient", loop.skipped()));
    }
    recorder.plot();
    run.write(run.provenance(), weights.metadata().getOrDefault(ModelMetadata.PROVENANCE, ""));
    Optional<TrainingListener.Validation> validation = validation(validator, weights, loop.step());
    validation.ifPresent(recorder::compareWithStart);
    Map<String, String> metadata =
        ModelExport.metadata(weights, recipe.name(), recipe.nativeSize());
    run.write(run.modelCard(), ModelCard.of(metadata, validation));
    recorder.say("done");
    return new Result(
        weights, loop.step(), seconds, loop.skipped(), List.copyOf(unreadable), validation);
  }

  private Optional<TrainingListener.Validation> validation(
      Validator validator, Weights weights, long step) {
    if (validator.pictures() == 0) {
      return Optional.empty();
    }
    try (TorchWeights torch = new TorchWeights(student.parameters(), weights)) {
      return Optional.of(validator.validate(torch, step));
    }
  }

  private Map<String, String> metadata(long steps, double seconds) {
    Provenance provenance =
        new Provenance(
            recipe.withoutPaths(),
            data.photos().training().count(),
            data.photos().training().contentHash(),
            data.truth().stream().map(TrainingData::provenance).toList(),
            data.supervision().name(),
            data.supervision().contentHash(),
            steps,
            recipe.crops(steps),
            precision,
            Math.round(seconds / 36) / 100.0,
            Versions.ofThisBuild(),
            Machine.ofThisProcess(),
            initial.metadata().getOrDefault(ModelMetadata.PROVENANCE, "null"));
    // Sorted, so that equal weights give equal files.
    return new TreeMap<>(
        Map.of(
            ModelMetadata.NAME,
            recipe.name(),
            ModelMetadata.STUDENT,
            recipe.student(),
            ModelMetadata.NATIVE_SIZE,
            String.valueOf(recipe.nativeSize()),
            ModelMetadata.PROVENANCE,
            provenance.toJson()));
  }

  /** Writes the weights and checkpoints of this run. */
  private final class Saving implements TrainingLoop.Saver {

    private final TrainingState network;
    private final double secondsBefore;

    Saving(TrainingState network, double secondsBefore) {
      this.network = network;
      this.secondsBefore = secondsBefore;
    }

    double seconds() {
      return secondsBefore + (System.nanoTime() - begun) / 1e9;
    }

    /** The student's arrays without adapters, with their provenance. */
    Weights exportable(long step) {
      Weights all = network.average().toWeights();
      Map<String, FloatArray> arrays = new LinkedHashMap<>();
      student.parameters().forEach(p -> arrays.put(p.name(), all.get(p.name())));
      return Weights.of(arrays).withMetadata(metadata(step, seconds()));
    }

    @Override
    public void best(long step) {
      Safetensors.write(exportable(step), run.best());
    }

    @Override
    public void checkpoint(long step, int skipped, Standing standing) {
      checkpoint.write(
          new Checkpoint.State(
              step, recipe.withoutPaths().toJson(), hashes(), seconds(), skipped, standing),
          network.weights().toWeights(),
          network.average().toWeights().withMetadata(metadata(step, seconds())),
          network.optimizer()::save);
    }
  }
}
