package dev.deltadepth.distill;

import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.OptimizerSettings;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.recipe.Schedule;
import dev.deltadepth.distill.recipe.Stage;
import dev.deltadepth.distill.run.Checkpoint;
import dev.deltadepth.distill.run.RunRecorder;
import dev.deltadepth.distill.run.Standing;
import dev.deltadepth.distill.run.TrainingListener;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The training steps of one run, from its current state. */
final class TrainingLoop {

  /** Steps in a row without a finite loss after which a run fails. */
  private static final int MOST_SKIPPED = 25;

  private final Recipe recipe;
  private final TrainingState network;
  private final Gradients gradients;
  private final BatchQueue batches;
  private final Validator validator;
  private final RunRecorder recorder;
  private final Schedule schedule;
  private final Saver saver;
  private long step;
  private int skipped;
  private int skippedInARow;
  private Standing standing;

  /** Saves what a run has learned. */
  interface Saver {

    /** Saves a checkpoint to resume from. */
    void checkpoint(long step, int skipped, Standing standing);

    /** Saves the weights with the smallest held-out loss so far. */
    void best(long step);
  }

  TrainingLoop(
      Recipe recipe,
      TrainingState network,
      Gradients gradients,
      BatchQueue batches,
      Validator validator,
      RunRecorder recorder,
      Saver saver,
      Checkpoint.State from) {
    this.recipe = recipe;
    this.network = network;
    this.gradients = gradients;
    this.batches = batches;
    this.validator = validator;
    this.recorder = recorder;
    this.saver = saver;
    this.schedule = new Schedule(recipe.optimizer(), recipe.steps());
    this.step = from.step();
    this.skipped = from.skipped();
    this.standing = from.standing();
  }

  /** Steps completed. */
  long step() {
    return step;
  }

  /** Steps whose loss or gradient was not finite. */
  int skipped() {
    return skipped;
  }

  Standing standing() {
    return standing;
  }

  /** Measures the weights that the run starts from, so that it can be told what it gained. */
  void measureStart() {
    validate();
  }

  /** Trains to the end of the recipe, or until early stopping ends the run. */
  void run() {
    while (step < recipe.steps() && !stale()) {
      double share = schedule.share(step, standing.reductions());
      StepResult result = learn(share);
      step++;
      boolean end = step == recipe.steps();
      recorder.step(
          new TrainingListener.Step(
              step,
              recipe.steps(),
              recipe.stage(step - 1).size(),
              share * recipe.optimizer().rate(),
              result.terms().getOrDefault("loss", Double.NaN),
              result.terms(),
              0,
              0),
          result.images(),
          end);
      boolean validated = step % recipe.validateEvery() == 0 || end;
      if (validated) {
        validate();
      }
      if (step % recipe.checkpointEvery() == 0 || end || (validated && stale())) {
        saver.checkpoint(step, skipped, standing);
      }
    }
    if (step < recipe.steps()) {
      recorder.say(
          String.format(
              Locale.ROOT,
              "step %,d: stopped early; the held-out loss was lowest at step %,d",
              step,
              standing.bestStep()));
    }
  }

  private boolean stale() {
    return recipe.earlyStopping() > 0 && standing.stale() >= recipe.earlyStopping();
  }

  private void validate() {
    if (validator.pictures() == 0) {
      return;
    }
    TrainingListener.Validation result = validator.validate(network.average(), step);
    Standing next = standing.after(result.loss(), step, recipe.optimizer().patience());
    if (next.best() < standing.best()) {
      saver.best(step);
    }
    if (recipe.optimizer().schedule() == OptimizerSettings.ScheduleName.PLATEAU
        && next.reductions() > standing.reductions()) {
      recorder.say(
          String.format(
              Locale.ROOT,
              "step %,d: the held-out loss no longer improves; the learning rate falls to a tenth",
              step));
    }
    standing = next;
    recorder.validated(result, () -> validator.contactSheet(network.average()));
  }

  /**
   * @param terms of the loss by name, and their weighted sum as "loss"
   * @param images in the step
   */
  private record StepResult(Map<String, Double> terms, int images) {}

  /** One step over as many batches as the recipe accumulates. */
  private StepResult learn(double share) {
    int batchesAStep = recipe.optimizer().accumulate();
    Stage.Statistics statistics = recipe.stage(step).statistics();
    Map<String, Double> terms = new LinkedHashMap<>();
    int images = 0;
    for (int i = 0; i < batchesAStep; i++) {
      Batch batch = batches.next();
      images += batch.count();
      Map<String, Double> ofBatch =
          batch.labelled()
              ? gradients.add(batch, 1.0 / batchesAStep, statistics)
              : Map.of("loss", Double.NaN);
      ofBatch.forEach((name, value) -> terms.merge(name, value, Double::sum));
    }
    // Check both: |x| has slope 0 where x is NaN, so a NaN loss may have a finite gradient.
    boolean finite = Double.isFinite(terms.getOrDefault("loss", Double.NaN));
    if (!finite) {
      network.optimizer().clear();
    } else {
      finite = Double.isFinite(network.optimizer().step(share, recipe.optimizer().clip()));
    }
    if (finite) {
      skippedInARow = 0;
      network.updateAverage(step);
    } else {
      skip(terms);
    }
    return new StepResult(terms, images);
  }

  private void skip(Map<String, Double> terms) {
    skipped++;
    if (skippedInARow == 0) {
      recorder.say(
          String.format(
              Locale.ROOT,
              "step %,d: the loss or its gradient is not finite; skipping such steps",
              step + 1));
    }
    if (++skippedInARow == MOST_SKIPPED) {
      throw new DistillException(
          "the loss or its gradient was not finite for "
              + MOST_SKIPPED
              + " steps in a row, up to step "
              + (step + 1)
              + "; check the teacher's maps, lower the learning rate or train in fp32. Losses: "
              + terms);
    }
  }
}
