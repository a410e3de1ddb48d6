package dev.deltadepth.cli;

import dev.deltadepth.cli.base.ErrorText;
import dev.deltadepth.cli.base.Progress;
import dev.deltadepth.estimate.EstimateBatch;
import dev.deltadepth.estimate.EstimateJob;
import dev.deltadepth.estimate.PhotoFiles;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/**
 * Tells the user about the progress of {@code estimate}: a line for each photo, or on a terminal
 * with several photos a progress bar and a last line. Errors always have their line.
 */
final class EstimateReport implements EstimateBatch.Listener, PhotoFiles.Listener {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;
  private final boolean debug;
  private int done;
  private int problems;
  private Progress bar = Progress.NONE;

  EstimateReport(PrintWriter out, PrintWriter err, boolean quiet, boolean debug) {
    this.debug = debug;
    this.out = out;
    this.err = err;
    this.quiet = quiet;
  }

  /** The bar appears if somebody can see it. */
  synchronized void start(int jobs) {
    if (jobs > 1) {
      bar = Progress.betweenLines("estimate", jobs, quiet);
    }
  }

  /** A step that writes nothing. */
  synchronized void step() {
    bar.step();
  }

  @Override
  public synchronized void done(EstimateJob job, long inferenceMillis) {
    done++;
    if (bar.shown()) {
      bar.step();
    } else if (!quiet) {
      String files =
          job.outputs().values().stream().map(String::valueOf).collect(Collectors.joining(", "));
      String line = job.photo().shown() + " -> " + files + " (" + inferenceMillis + " ms)";
      out.println(ErrorText.oneLine(line));
    }
  }

  @Override
  public synchronized void failed(EstimateJob job, Throwable problem) {
    String message = ErrorText.ofPhoto(problem);
    String photo = job.photo().shown();
    problem(message.contains(photo) ? message : photo + ": " + message);
    if (debug) {
      problem.printStackTrace(err);
    }
    bar.step();
  }

  @Override
  public void noted(EstimateJob job, String note) {
    note(note);
  }

  @Override
  public synchronized void note(String message) {
    if (!quiet) {
      say(message);
    }
  }

  /** Something that could not be done, in one line. */
  @Override
  public synchronized void problem(String message) {
    problems++;
    say(message);
  }

  private void say(String message) {
    if (bar.shown()) {
      // The bar stands on this line: take it away; it draws itself again below.
      err.print("\r\u001b[K");
    }
    err.println("delta: " + ErrorText.oneLine(message));
  }

  synchronized int problems() {
    return problems;
  }

  synchronized void finish() {
    if (bar.shown()) {
      bar.close();
      bar = Progress.NONE;
      out.println(done + " done" + (problems == 0 ? "" : ", " + problems + " failed"));
    }
  }
}
