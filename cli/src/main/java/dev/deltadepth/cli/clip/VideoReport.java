package dev.deltadepth.cli.clip;

import dev.deltadepth.cli.base.BaseCommand;
import dev.deltadepth.cli.base.Progress;
import dev.deltadepth.video.clip.ClipCosts;
import dev.deltadepth.video.clip.ClipCosts.Step;
import dev.deltadepth.video.clip.ClipJob;
import dev.deltadepth.video.clip.ClipReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Tells the user how a video goes on: a bar on a terminal, and a few lines at the end. */
final class VideoReport implements ClipJob.Listener {
  private final BaseCommand command;
  private final String source;
  private final boolean quiet;
  private Progress bar = Progress.NONE;
  private long total;
  private long start;

  VideoReport(BaseCommand command, String source, boolean quiet) {
    this.command = command;
    this.source = source;
    this.quiet = quiet;
  }

  @Override
  public void started(String pass, Optional<Long> frames) {
    bar.close();
    total = frames.orElse(-1L);
    start = System.nanoTime();
    bar = Progress.betweenLines(pass, (int) Math.min(Integer.MAX_VALUE, total), quiet);
  }

  @Override
  public void done(long frames) {
    if (bar.shown()) {
      double rate = frames / Math.max(1e-3, (System.nanoTime() - start) / 1e9);
      // It may have more frames than its length promised.
      bar.moveTo(
          frames,
          total < 0 ? -1 : Math.max(total, frames),
          String.format(Locale.ROOT, "%.1f frames/s", rate));
    }
  }

  @Override
  public void note(String text) {
    if (!quiet) {
      command.warn(text);
    }
  }

  void finish(Path output, ClipReport report) {
    bar.close();
    report
        .complaint()
        .ifPresent(
            problem ->
                command.warn(
                    String.format(
                        Locale.ROOT,
                        "%s; the %d frames up to %.2f s are done",
                        problem,
                        report.frames(),
                        report.seconds())));
    if (quiet) {
      return;
    }
    command.print(
        "%s -> %s (%d frames, %.2f s%s)",
        source, output, report.frames(), report.seconds(), report.stopped() ? ", stopped" : "");
    ClipCosts costs = report.costs();
    command.print(
        "%.1f frames/s; a frame took: decode %.1f ms, network %.1f ms, steady %.1f ms, draw %.1f ms, encode %.1f ms",
        costs.rate(),
        costs.millis(Step.DECODE),
        costs.millis(Step.NETWORK),
        costs.millis(Step.STEADY),
        costs.millis(Step.DRAW),
        costs.millis(Step.ENCODE));
  }

  void close() {
    bar.close();
    bar = Progress.NONE;
  }
}
