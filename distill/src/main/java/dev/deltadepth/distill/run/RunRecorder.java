package dev.deltadepth.distill.run;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Records a run: tables, plots, contact sheets and the log. */
public final class RunRecorder implements AutoCloseable {

  private static final int LOG_EVERY = 20;

  private final RunFolder run;
  private final TrainingListener listener;
  private final Meter meter;
  private final CsvLog metrics;
  private final CsvLog validations;
  private final BufferedWriter log;

  /** Opens the records of a run that has completed {@code step} steps. */
  public RunRecorder(Recipe recipe, RunFolder run, TrainingListener listener, long step) {
    this.run = run;
    this.listener = listener;
    this.meter = new Meter(recipe);
    this.metrics = new CsvLog(run.metrics(), Meter.header(recipe), step);
    this.validations =
        new CsvLog(run.validation(), List.of("step", "photos", "loss", "ssi", "pearson"), step);
    try {
      this.log =
          Files.newBufferedWriter(run.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new DistillException("cannot write " + run.log() + "; check the run folder", e);
    }
  }

  /** Writes a line to the log and to the listener. */
  public void say(String line) {
    log(line);
    listener.logged(line);
  }

  /** Writes a line with the time to the log. */
  private void log(String line) {
    try {
      log.write(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
      log.newLine();
      log.flush();
    } catch (IOException e) {
      throw new DistillException("cannot write " + run.log() + "; is the disk full?", e);
    }
  }

  /**
   * Records a step.
   *
   * @param images in the step
   * @param end whether it was the last
   */
  public void step(TrainingListener.Step step, int images, boolean end) {
    meter.add(images, step.terms());
    listener.step(step.atSpeed(meter.imagesPerSecond()));
    if (step.step() % LOG_EVERY == 0 || end) {
      metrics.row(meter.row(step.step(), step.rate()));
    }
  }

  /** Records a validation. */
  public void validated(TrainingListener.Validation result, Supplier<RgbImage> sheet) {
    validations.row(
        List.of(result.step(), result.photos(), result.loss(), result.ssi(), result.pearson()));
    run.write(run.sheet(result.step()), sheet.get());
    plot();
    log(
        String.format(
            Locale.ROOT,
            "step %,d: held-out loss %.4f, scale-and-shift-invariant error %.4f, correlation %.4f;"
                + " %.1f images/s",
            result.step(),
            result.loss(),
            result.ssi(),
            result.pearson(),
            meter.imagesPerSecond()));
    listener.validated(result);
  }

  /** Plots the tables so far. */
  public void plot() {
    Plots.loss(run);
    Plots.error(run);
    Plots.rate(run);
  }

  @Override
  public void close() {
    metrics.close();
    validations.close();
    try {
      log.close();
    } catch (IOException e) {
      throw new DistillException("cannot write " + run.log() + "; is the disk full?", e);
    }
  }
}
