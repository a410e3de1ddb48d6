package dev.deltadepth.cli.view;

import dev.deltadepth.cli.base.ErrorText;
import dev.deltadepth.estimate.PhotoFiles;
import dev.deltadepth.estimate.view.ViewBatch;
import dev.deltadepth.estimate.view.ViewJob;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Tells the user about each photo in a line. */
final class ViewReport implements ViewBatch.Listener, PhotoFiles.Listener {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;
  private int problems;

  ViewReport(PrintWriter out, PrintWriter err, boolean quiet) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
  }

  @Override
  public void done(ViewJob job, long millis) {
    if (!quiet) {
      String files =
          job.outputs().values().stream().map(Path::toString).collect(Collectors.joining(", "));
      out.println(ErrorText.oneLine(job.photo().shown() + " -> " + files + " (" + millis + " ms)"));
      out.flush();
    }
  }

  @Override
  public void failed(ViewJob job, Throwable problem) {
    String message = ErrorText.ofPhoto(problem);
    String photo = job.photo().shown();
    problem(message.contains(photo) ? message : photo + ": " + message);
  }

  @Override
  public void note(String note) {
    if (!quiet) {
      say(note);
    }
  }

  @Override
  public void problem(String message) {
    problems++;
    say(message);
  }

  private void say(String message) {
    err.println("delta: " + ErrorText.oneLine(message));
    err.flush();
  }

  int problems() {
    return problems;
  }
}
