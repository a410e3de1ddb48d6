package dev.deltadepth.cli;

import dev.deltadepth.estimate.EstimateBatch;
import dev.deltadepth.estimate.EstimateJob;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Tells the user how {@code estimate} gets on: a line for each photo, or on a terminal with several
 * photos a progress bar and a last line. Errors always have their line.
 */
final class EstimateReport implements EstimateBatch.Listener {
  private static final int WIDTH = 79;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;
  private int done;
  private int problems;
  private @Nullable ProgressBar bar;

  EstimateReport(PrintWriter out, PrintWriter err, boolean quiet) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
  }

  /** The bar appears if there is somebody to look at it, which the launcher knows. */
  synchronized void start(int jobs) {
    if (jobs > 1 && !quiet && Boolean.getBoolean("delta.terminal")) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("estimate")
              .setInitialMax(jobs)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              // The plain one keeps to its line; the other moves up over what is printed between.
              .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
              .build();
    }
  }

  @Override
  public synchronized void done(EstimateJob job, long inferenceMillis) {
    done++;
    if (bar != null) {
      bar.step();
    } else if (!quiet) {
      String files =
          job.outputs().values().stream().map(String::valueOf).collect(Collectors.joining(", "));
      out.println(job.photo() + " -> " + files + " (" + inferenceMillis + " ms)");
    }
  }

  @Override
  public synchronized void failed(EstimateJob job, Throwable problem) {
    String message = Main.describe(problem);
    String photo = job.photo().toString();
    problem(message.contains(photo) ? message : photo + ": " + message);
    if (bar != null) {
      bar.step();
    }
  }

  /** Something that could not be done, in one line. */
  synchronized void problem(String message) {
    problems++;
    if (bar != null) {
      // The bar stands on this line: take it away; it draws itself again below.
      err.print("\r\u001b[K");
    }
    err.println("delta: " + message);
  }

  synchronized int problems() {
    return problems;
  }

  synchronized void finish() {
    if (bar != null) {
      bar.close();
      bar = null;
      out.println(done + " done" + (problems == 0 ? "" : ", " + problems + " not"));
    }
  }
}
