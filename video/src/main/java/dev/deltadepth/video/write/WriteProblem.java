package dev.deltadepth.video.write;

import dev.deltadepth.io.FileException;
import dev.deltadepth.video.read.ClipProbe;
import java.nio.file.Path;
import java.util.Locale;

/** Says why a video cannot be written. */
public final class WriteProblem {
  private WriteProblem() {}

  /** An error in one line from what FFmpeg reported. */
  public static FileException of(Path file, String report, Throwable cause) {
    String lower = report.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("file too large")) {
      return new FileException(
          "cannot write " + file + ": the disk is full; free some space or choose another folder",
          cause);
    }
    if (lower.contains("permission denied")) {
      return new FileException(
          "cannot write " + file + ": permission denied; choose another folder", cause);
    }
    return new FileException("cannot write " + file + " (" + ClipProbe.reason(report) + ")", cause);
  }
}
