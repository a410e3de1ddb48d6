package dev.deltadepth.android.live;

import dev.deltadepth.android.work.Clips;
import dev.deltadepth.android.work.Output;
import dev.deltadepth.core.RgbImage;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is recorded of live depth: frames and their coloured maps side by side, as they came. */
final class LiveClip {
  private static final long NANOS = 1000;

  private final Clips clips;
  private final File file;
  private Clips.@Nullable Writer writer;
  private @Nullable IOException failure;
  private boolean ended;
  private long first;

  /** Begins with the first frame. */
  LiveClip(Clips clips, File file) {
    this.clips = clips;
    this.file = file;
  }

  /**
   * Adds a frame. What goes wrong is told at the end.
   *
   * @param depth in colours, of the photo's size
   * @param nanos when it was seen
   */
  synchronized void add(RgbImage photo, RgbImage depth, long nanos) {
    if (ended || failure != null) {
      return;
    }
    RgbImage both = Output.beside(photo, depth);
    try {
      Clips.Writer open = writer;
      if (open == null) {
        first = nanos;
        open = clips.begin(file, both.width(), both.height());
        writer = open;
      }
      open.add(both, (nanos - first) / NANOS);
    } catch (IOException e) {
      failure = e;
    }
  }

  /**
   * Ends the clip.
   *
   * @param to the file that it becomes
   * @throws IOException if it could not be written, or has no frame
   */
  synchronized void finish(File to) throws IOException {
    ended = true;
    Clips.Writer open = writer;
    if (open == null) {
      throw failure == null ? new IOException("no frame has come") : failure;
    }
    open.close();
    if (failure != null) {
      throw failure;
    }
    if (!file.renameTo(to)) {
      throw new IOException("cannot rename " + file);
    }
  }
}
