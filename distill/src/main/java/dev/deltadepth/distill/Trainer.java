package dev.deltadepth.distill;

import dev.deltadepth.nn.Initializer;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.Student;
import dev.deltadepth.nn.Tensors;
import dev.deltadepth.nn.TorchWeights;
import dev.deltadepth.nn.Weights;
import dev.deltadepth.runtime.ModelMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Distils a student from a teacher on unlabelled photos, as a recipe says. Batches are made in the
 * background while the network learns from the one before. A run lives in a folder with its recipe,
 * {@code metrics.csv}, {@code validation.csv} and a checkpoint, and goes on from there.
 */
public final class Trainer {

  /** Batches made ahead, and threads that make them. */
  private static final int AHEAD = 3;

  private static final int MAKERS = 2;

  /** So many steps in a row without a finite loss end a run. */
  private static final int MOST_SKIPPED = 25;

  private static final int LOG_EVERY = 20;

  private final Recipe recipe;
  private final Weights initial;
  private final Photos.Split photos;
  private final Teacher teacher;
  private final Path run;
  private final TrainingListener listener;
  private final Student student = Student.delta();
  private final LossTerms losses;
  private final Optional<FeatureMatching> features;
  private final Checkpoint checkpoint;

  /**
   * A trainer for one run.
   *
   * @param recipe how to train
   * @param initial weights to start from; what they lack starts at random
   * @param photos to learn from and to validate on
   * @param teacher who labels them; stays open
   * @param run folder of the run; made if need be; gone on with if it holds a checkpoint
   * @param listener told of every step
   */
  public Trainer(
      Recipe recipe,
      Weights initial,
      Photos.Split photos,
      Teacher teacher,
      Path run,
      TrainingListener listener) {
    this.recipe = recipe;
    this.initial = initial;
    this.photos = photos;
    this.teacher = teacher;
    this.run = run;
    this.listener = listener;
    this.losses = new LossTerms(recipe.losses());
    this.features =
        losses.uses(LossTerms.FEATURES)
            ? Optional.of(new FeatureMatching(student.encoder(), teacher))
            : Optional.empty();
    this.checkpoint = new Checkpoint(run);
  }

  /**
   * What came of a run.
   *
   * @param weights the moving average of the student's weights, without adapters
   * @param seconds of training in all, those before a resumption included
   * @param skipped steps whose loss or gradient was not finite, since the last resumption
   * @param unreadable what is wrong with each photo that could not be decoded
   */
  public record Result(Weights weights, double seconds, int skipped, List<String> unreadable) {}

  /**
   * Trains to the end of the recipe.
   *
   * @param threads that share every batch
   * @throws DistillException if the loss stays non-finite, the run's folder belongs to another
   *     recipe, or a file cannot be written
   */
  public Result train(int threads) {
    Tensors.threads(1);
    List<Parameter> parameters = parameters();
    Optional<Path> last = checkpoint.find();
    Checkpoint.State state =
        last.map(Checkpoint::state).orElse(new Checkpoint.State(0, recipe.toJson(), 0));
    if (!state.recipe().equals(recipe.toJson())) {
      throw new DistillException(
          run + " was begun with another recipe; choose another run folder or the first recipe");
    }
    try {
      Files.createDirectories(run);
      Files.writeString(run.resolve("recipe.yaml"), recipe.toYaml());
    } catch (IOException e) {
      throw new DistillException(run + " cannot be written; choose another run folder", e);
    }
    Weights start =
        last.map(Checkpoint::weights)
            .orElseGet(() -> initial.overlaid(Initializer.random(parameters, recipe.seed())));
    try (TorchWeights weights = new TorchWeights(parameters, start);
        MovingAverage average = average(parameters, weights, last);
        AdamW optimizer = new AdamW(weights, recipe.optimizer().weightDecay());
        Loop loop = new Loop(weights, average, optimizer, state, threads)) {
      last.ifPresent(folder -> optimizer.load(Checkpoint.optimizer(folder)));
      loop.run();
      double seconds = loop.seconds();
      Weights result = exportable(average.weights().toWeights(), recipe.steps(), seconds);
      List<String> unreadable = new ArrayList<>(photos.training().unreadable());
      unreadable.addAll(photos.validation().unreadable());
      return new Result(result, seconds, loop.skippedInAll, List.copyOf(unreadable));
    }
  }

  private MovingAverage average(
      List<Parameter> parameters, TorchWeights weights, Optional<Path> last) {
    if (last.isEmpty()) {
      return new MovingAverage(weights, recipe.average());
    }
    try (TorchWeights saved = new TorchWeights(parameters, Checkpoint.average(last.get()))) {
      return new MovingAverage(saved, recipe.average());
    }
  }

  private List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(student.parameters());
    features.ifPresent(f -> all.addAll(f.parameters()));
    return all;
  }

  /** The student's arrays alone, with where they come from. */
  private Weights exportable(Weights weights, long steps, double seconds) {
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    student.parameters().forEach(p -> arrays.put(p.name(), weights.get(p.name())));
    return Weights.of(arrays).withMetadata(metadata(steps, seconds));
  }

  private Map<String, String> metadata(long steps, double seconds) {
    Provenance provenance =
        new Provenance(
            recipe.withoutPaths(),
            photos.training().count(),
            photos.training().contentHash(),
            teacher.name(),
            teacher.contentHash(),
            steps,
            recipe.crops(steps),
            Math.round(seconds / 36) / 100.0,
            initial.metadata().getOrDefault(ModelMetadata.PROVENANCE, "null"));
    // In a fixed order, so that the same weights give the same file.
    return new TreeMap<>(
        Map.of(
            ModelMetadata.NAME,
            recipe.name(),
            ModelMetadata.NATIVE_SIZE,
            String.valueOf(recipe.nativeSize()),
            ModelMetadata.PROVENANCE,
            provenance.toJson()));
  }

  /** The steps of one run from where it stands. */
  private final class Loop implements AutoCloseable {

    private final Gradients gradients;
    private final TorchWeights weights;
    private final MovingAverage average;
    private final AdamW optimizer;
    private final double secondsBefore;
    private final long begun = System.nanoTime();
    private final ExecutorService makers = Executors.newFixedThreadPool(MAKERS, Loop::daemon);
    private final ArrayDeque<Future<Batch>> ahead = new ArrayDeque<>();
    private final BatchMaker maker =
        new BatchMaker(photos.training(), teacher, recipe.seed(), recipe.photos().smallestCrop());
    private final CsvLog metrics;
    private final CsvLog validations;
    private long step;
    private long ordered;
    private int skippedInARow;
    private int skippedInAll;

    Loop(
        TorchWeights weights,
        MovingAverage average,
        AdamW optimizer,
        Checkpoint.State state,
        int threads) {
      this.gradients =
          new Gradients(student, features, losses, recipe.precision(), weights, threads);
      this.weights = weights;
      this.average = average;
      this.optimizer = optimizer;
      this.step = state.step();
      this.ordered = state.step();
      this.secondsBefore = state.seconds();
      this.metrics = new CsvLog(run.resolve("metrics.csv"), Meter.header(recipe), step);
      this.validations =
          new CsvLog(
              run.resolve("validation.csv"), List.of("step", "photos", "ssi", "pearson"), step);
    }

    private static Thread daemon(Runnable task) {
      Thread thread = new Thread(task, "delta-batches");
      thread.setDaemon(true);
      return thread;
    }

    double seconds() {
      return secondsBefore + (System.nanoTime() - begun) / 1e9;
    }

    void run() {
      Validator validator = new Validator(student, photos.validation(), teacher);
      Meter meter = new Meter(recipe);
      while (step < recipe.steps()) {
        Batch batch = next();
        Map<String, Double> terms = learn(batch);
        step++;
        meter.add(batch.count(), terms);
        double total = terms.getOrDefault("loss", Double.NaN);
        listener.step(
            new TrainingListener.Step(
                step,
                recipe.steps(),
                recipe.stage(step - 1).size(),
                recipe.rate(step - 1),
                total,
                terms,
                meter.imagesPerSecond()));
        boolean end = step == recipe.steps();
        if (step % LOG_EVERY == 0 || end) {
          metrics.row(meter.row(step));
        }
        if (step % recipe.validateEvery() == 0 || end) {
          validate(validator);
        }
        if (step % recipe.checkpointEvery() == 0 || end) {
          save();
        }
      }
    }

    private void validate(Validator validator) {
      if (validator.photos() == 0) {
        return;
      }
      TrainingListener.Validation result = validator.validate(average.weights(), step);
      validations.row(List.of(step, result.photos(), result.ssi(), result.pearson()));
      listener.validated(result);
    }

    private void save() {
      checkpoint.write(
          new Checkpoint.State(step, recipe.toJson(), seconds()),
          weights.toWeights(),
          average.weights().toWeights().withMetadata(metadata(step, seconds())),
          optimizer::save);
    }

    /** The next batch, with others ordered behind it. */
    private Batch next() {
      while (ahead.size() < AHEAD && ordered < recipe.steps()) {
        long index = ordered++;
        Recipe.Stage stage = recipe.stage(index);
        ahead.add(makers.submit(() -> maker.make(index, stage.batch(), stage.size())));
      }
      try {
        return ahead.remove().get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DistillException("the run was interrupted; start it again to go on", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new DistillException("a batch could not be made: " + e.getCause(), e);
      }
    }

    /** One step; the terms of the loss by name, and the whole as "loss". */
    private Map<String, Double> learn(Batch batch) {
      Map<String, Double> terms = gradients.add(batch);
      // Neither tells of the other: |x| has the slope 0 where x is not a number.
      boolean finite = Double.isFinite(terms.getOrDefault("loss", Double.NaN));
      if (!finite) {
        optimizer.clear();
      } else {
        finite = Double.isFinite(optimizer.step(recipe.rate(step), recipe.optimizer().clip()));
      }
      if (finite) {
        skippedInARow = 0;
        average.update(weights, step);
        return terms;
      }
      skippedInAll++;
      if (++skippedInARow == MOST_SKIPPED) {
        throw new DistillException(
            "the loss or its gradient has not been finite for "
                + MOST_SKIPPED
                + " steps (at step "
                + step
                + "); check the teacher's maps, lower the learning rate or train in fp32. Losses: "
                + terms);
      }
      return terms;
    }

    @Override
    public void close() {
      gradients.close();
      Threads.end(makers);
      metrics.close();
      validations.close();
    }
  }
}
