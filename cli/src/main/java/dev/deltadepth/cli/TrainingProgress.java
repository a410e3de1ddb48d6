package dev.deltadepth.cli;

import dev.deltadepth.distill.run.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal, a line every now and then elsewhere. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
  private static final int LINE_EVERY = 100;

  private final PrintWriter out;
  private final boolean quiet;
  private final Optional<ProgressBar> bar;

  TrainingProgress(String name, PrintWriter out, boolean quiet) {
    this.out = out;
    this.quiet = quiet;
    boolean wanted = !quiet && Boolean.getBoolean("delta.terminal");
    bar = wanted ? Optional.of(bar(name)) : Optional.empty();
  }

  private static ProgressBar bar(String name) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500)
        .build();
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
    if (bar.isPresent()) {
      bar.get().maxHint(step.steps()).stepTo(step.step()).setExtraMessage(state);
    } else if (step.step() % LINE_EVERY == 0 || step.step() == step.steps()) {
      say("step %,d of %,d: %s", step.step(), step.steps(), state);
    }
  }

  @Override
  public void validated(Validation validation) {
    say(
        "step %,d: on %d photos held out, loss %.4f, scale-and-shift-invariant error %.4f,"
            + " correlation with the teacher %.4f",
        validation.step(),
        validation.photos(),
        validation.loss(),
        validation.ssi(),
        validation.pearson());
  }

  @Override
  public void said(String line) {
    say("%s", line);
  }

  private void say(String format, Object... values) {
    if (!quiet) {
      print(out, format, values);
    }
  }

  /** A line of what is printed. */
  static void print(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
