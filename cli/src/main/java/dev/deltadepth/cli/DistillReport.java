package dev.deltadepth.cli;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.DataSets;
import dev.deltadepth.distill.Distillation;
import dev.deltadepth.distill.DistillationListener;
import dev.deltadepth.distill.HeldOutReport;
import dev.deltadepth.distill.Plan;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.label.Labeller;
import dev.deltadepth.distill.label.Teacher;
import dev.deltadepth.distill.label.Teachers;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.eval.Contestant;
import dev.deltadepth.eval.Evaluation;
import dev.deltadepth.eval.Evaluator;
import dev.deltadepth.eval.Summary;
import dev.deltadepth.eval.report.EvaluationText;
import dev.deltadepth.eval.report.ReportFacts;
import dev.deltadepth.metrics.Protocol;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Prints how distilling goes: a bar on a terminal, a line every now and then elsewhere. */
final class DistillReport implements DistillationListener, AutoCloseable {
  private static final int LINE_EVERY = 100;

  private final PrintWriter out;
  private final boolean quiet;
  private final Optional<Path> evaluation;
  private Optional<ProgressBar> bar = Optional.empty();
  private volatile Duration left = Duration.ZERO;

  /**
   * @param evaluation pictures with ground truth, on which student and teacher are measured
   */
  DistillReport(PrintWriter out, boolean quiet, Optional<Path> evaluation) {
    this.out = out;
    this.quiet = quiet;
    this.evaluation = evaluation;
  }

  @Override
  public void begins(Recipe recipe, Path run) {
    if (!quiet && Boolean.getBoolean("delta.terminal")) {
      bar =
          Optional.of(
              new ProgressBarBuilder()
                  .setTaskName(recipe.name())
                  .setInitialMax(1)
                  .setStyle(ProgressBarStyle.ASCII)
                  // Its own estimate counts steps, but larger crops take longer.
                  .setEtaFunction(state -> Optional.of(left))
                  .setUpdateIntervalMillis(500)
                  .build());
    }
  }

  @Override
  public void step(Step step) {
    String state =
        String.format(
            Locale.ROOT,
            "%dpx loss %.4f %.1f images/s",
            step.size(),
            step.loss(),
            step.imagesPerSecond());
    left = Duration.ofSeconds(Math.round(step.secondsLeft()));
    if (bar.isPresent()) {
      bar.get().maxHint(step.steps()).stepTo(step.step()).setExtraMessage(state);
    } else if (step.step() % LINE_EVERY == 0 || step.step() == step.steps()) {
      say("step %,d of %,d: %s, %s left", step.step(), step.steps(), state, time(left));
    }
  }

  private static String time(Duration left) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart());
  }

  @Override
  public void validated(Validation validation) {
    say("step %,d: %s", validation.step(), validation.summary());
  }

  @Override
  public void logged(String line) {
    say("%s", line);
  }

  @Override
  public void ended(Recipe recipe, Distillation.Outcome outcome) {
    close();
    say(
        "trained for %.2f hours, skipped %d steps; wrote %s and %s",
        outcome.seconds() / 3600, outcome.skipped(), outcome.weights(), outcome.model());
    outcome
        .heldOut()
        .ifPresentOrElse(
            this::compared,
            () -> say("no held-out photos, so student and teacher are not compared"));
    if (!quiet) {
      evaluation.ifPresent(data -> evaluate(data, recipe, outcome));
    }
  }

  /**
   * Prints what a recipe would do.
   *
   * @param others recipes in the same file, which are not planned
   */
  void planned(Plan plan, int others) {
    say("%s", plan.pictures());
    say(
        "%,d steps, %,d crops: about %.1f hours here at the current load, and %,d MB in the run folder",
        plan.steps(), plan.crops(), plan.seconds() / 3600, plan.bytes() / 1_000_000);
    say("crops and what is to be learned from them: %s", plan.sheet());
    if (others > 0) {
      say("this is the file's first recipe; %d more build on its weights", others);
    }
  }

  private void compared(HeldOutReport report) {
    say(
        "student and teacher on %d held-out photos: correlation %.4f, with the layout removed %.4f;"
            + " worst %.4f, on %s",
        report.photos(),
        report.correlation(),
        report.withoutLayout(),
        report.worstWithoutLayout(),
        report.worst().getFileName());
    say("photo, teacher and student side by side, worst first: %s", report.sheet());
  }

  /** Prints the errors of student and teacher on pictures with ground truth. */
  private void evaluate(Path data, Recipe recipe, Distillation.Outcome outcome) {
    Optional<Labeller> teacher = Teachers.openIfAny(recipe.teacher());
    try (DataSet whole = DataSets.open(data);
        DepthEstimator student =
            DepthEstimator.open(outcome.model(), EstimatorOptions.defaults())) {
      DataSet measured = whole.only(set -> Protocol.MARIGOLD.measures(set.kind()));
      Evaluator evaluator =
          Evaluator.of(List.of(new Contestant("student", student::estimate))).by(Protocol.MARIGOLD);
      if (teacher.isPresent() && teacher.get() instanceof Teacher model) {
        evaluator = evaluator.against(new Contestant("teacher", photo -> labelled(model, photo)));
      } else {
        say("there is no teacher that could label these pictures, so it is not measured here");
      }
      Evaluation evaluated = evaluator.run(measured);
      ReportFacts facts =
          new ReportFacts("native sizes", whole.name() + " in " + data, List.of(), List.of());
      EvaluationText.lines(evaluated, Summary.of(evaluated), facts).forEach(this::logged);
    } finally {
      teacher.ifPresent(Labeller::close);
    }
  }

  private static DepthMap labelled(Labeller teacher, RgbImage photo) {
    return Resizer.resize(teacher.map(Window.whole("", photo)), photo.width(), photo.height());
  }

  private void say(String format, Object... values) {
    if (!quiet) {
      out.println(String.format(Locale.ROOT, format, values));
      out.flush();
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
