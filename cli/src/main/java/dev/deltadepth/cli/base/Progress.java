package dev.deltadepth.cli.base;

import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on a terminal, as the launcher tells, and nothing elsewhere. */
public final class Progress implements AutoCloseable {
  private static final int MILLIS = 200;
  private static final int WIDTH = 79;

  /** No bar. */
  public static final Progress NONE = new Progress(Optional.empty());

  private final Optional<ProgressBar> bar;

  private Progress(Optional<ProgressBar> bar) {
    this.bar = bar;
  }

  /**
   * Begins.
   *
   * @param task what it says in front
   * @param steps how many there will be
   * @param quiet whether the user wants none
   */
  public static Progress of(String task, int steps, boolean quiet) {
    return quiet || !Boolean.getBoolean("delta.terminal")
        ? NONE
        : new Progress(Optional.of(builder(task, steps).build()));
  }

  /** The same for a bar that others print lines above. */
  public static Progress betweenLines(String task, int steps, boolean quiet) {
    return quiet || !Boolean.getBoolean("delta.terminal")
        ? NONE
        // The plain one keeps to its line; the other moves up over what is printed between.
        : new Progress(
            Optional.of(
                builder(task, steps)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                    .build()));
  }

  private static ProgressBarBuilder builder(String task, int steps) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(MILLIS);
  }

  /** Whether there is a bar. */
  public boolean shown() {
    return bar.isPresent();
  }

  public void step() {
    bar.ifPresent(ProgressBar::step);
  }

  /** Moves to a step of some, with a few words behind the bar. */
  public void moveTo(long step, long steps, String words) {
    bar.ifPresent(shown -> shown.maxHint(steps).stepTo(step).setExtraMessage(words));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
