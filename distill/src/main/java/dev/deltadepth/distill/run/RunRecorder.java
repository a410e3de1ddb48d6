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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Records a run: tables, plots, contact sheets and the log. */
public final class RunRecorder implements AutoCloseable {

  private static final int LOG_EVERY = 20;

  private final Recipe recipe;
  private final RunFolder run;
  private final TrainingListener listener;
  private final Meter meter;
  private final CsvLog metrics;
  private final CsvLog validations;
  private final BufferedWriter log;
  private final EventLog events;
  private final long first;
  private final long begun = System.nanoTime();

  /** Opens the records of a run that has completed {@code step} steps. */
  public RunRecorder(Recipe recipe, RunFolder run, TrainingListener listener, long step) {
    this.recipe = recipe;
    this.run = run;
    this.listener = listener;
    this.first = step;
    this.meter = new Meter(recipe);
    this.metrics = new CsvLog(run.metrics(), Meter.header(recipe), step);
    this.validations = new CsvLog(run.validation(), validationHeader(recipe), step);
    this.events = EventLog.open(run.events());
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
    listener.step(step.atSpeed(meter.imagesPerSecond(), secondsLeft(step.step())));
    if (step.step() % LOG_EVERY == 0 || end) {
      List<Object> row = meter.row(step.step(), step.rate());
      metrics.row(row);
      events.add(step.step(), "training", Meter.header(recipe), row);
    }
  }

  private double secondsLeft(long step) {
    double done = recipe.pixels(step) - recipe.pixels(first);
    double left = recipe.pixels(recipe.steps()) - recipe.pixels(step);
    return (System.nanoTime() - begun) / 1e9 * left / done;
  }

  private static List<String> validationHeader(Recipe recipe) {
    List<String> header =
        new ArrayList<>(List.of("step", "photos", "loss", "ssi", "pearson", "residual"));
    for (int i = 1; i <= recipe.truth().size(); i++) {
      header.add("truth_" + i);
    }
    return header;
  }

  private static List<Object> row(TrainingListener.Validation result) {
    List<Object> row =
        new ArrayList<>(
            List.of(
                result.step(),
                result.photos(),
                result.loss(),
                result.ssi(),
                result.pearson(),
                result.residual()));
    result.truth().forEach(one -> row.add(one.error()));
    return row;
  }

  /**
   * Says whether the weights at the end are better or worse than those that the run started from,
   * if it started from any.
   */
  public void compareWithStart(TrainingListener.Validation end) {
    Map<String, List<Double>> table = CsvLog.columns(run.validation());
    int start = table.getOrDefault("step", List.of()).indexOf(0.0);
    if (start < 0) {
      return;
    }
    say(verdict("the held-out loss", at(table, "loss", start), end.loss()));
    if (end.photos() > 0) {
      say(verdict("the error on held-out photos", at(table, "ssi", start), end.ssi()));
    }
    for (int i = 0; i < end.truth().size(); i++) {
      TrainingListener.TruthError one = end.truth().get(i);
      if (one.pictures() > 0) {
        say(
            verdict(
                "the error on held-out pictures of " + one.name(),
                at(table, "truth_" + (i + 1), start),
                one.error()));
      }
    }
  }

  private static double at(Map<String, List<Double>> table, String column, int row) {
    List<Double> values = table.getOrDefault(column, List.of());
    return row < values.size() ? values.get(row) : Double.NaN;
  }

  private static String verdict(String what, double start, double end) {
    // What is not a number is worse.
    String compared = end < start ? "better than" : end == start ? "the same as" : "worse than";
    return String.format(
        Locale.ROOT, "%s: %s at the start, %.4f after %.4f", what, compared, end, start);
  }

  /** Records a validation. */
  public void validated(TrainingListener.Validation result, Supplier<RgbImage> sheet) {
    validations.row(row(result));
    events.add(result.step(), "validation", validationHeader(recipe), row(result));
    run.write(run.sheet(result.step()), sheet.get());
    plot();
    log(
        String.format(
            Locale.ROOT,
            "step %,d: %s; %.1f images/s",
            result.step(),
            result.summary(),
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
    events.close();
    try {
      log.close();
    } catch (IOException e) {
      throw new DistillException("cannot write " + run.log() + "; is the disk full?", e);
    }
  }
}
