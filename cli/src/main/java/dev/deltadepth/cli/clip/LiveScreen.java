package dev.deltadepth.cli.clip;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.video.clip.FrameDepth;
import dev.deltadepth.video.write.ClipWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code delta live} shows, and what its keys do. Keys come from one thread, frames from
 * another.
 */
final class LiveScreen implements AutoCloseable {
  /** What the keys are for. */
  static final String HELP =
      "C colours   I invert   V view   S snapshot   R record   H hide this   Q quit";

  private static final double RATE = 30;
  private static final long MICRO = 1000;

  private final Path folder;
  private final List<Colormap> colours = Colormap.names().stream().map(Colormap::named).toList();
  private int colour;
  private boolean invert;
  private View view = View.SIDE;
  private boolean help = true;
  private boolean snapshot;
  private boolean recordingWanted;
  private Optional<Recording> recording = Optional.empty();
  private String said = "";
  private long last;
  private double rate;

  /** What is seen. */
  private enum View {
    SIDE,
    DEPTH,
    FRAME;

    View next() {
      return switch (this) {
        case SIDE -> DEPTH;
        case DEPTH -> FRAME;
        case FRAME -> SIDE;
      };
    }
  }

  /** A video that is being written of one view. */
  private record Recording(Path file, ClipWriter writer, View view, long start) {}

  /**
   * A picture and the text on it.
   *
   * @param lines from top to bottom
   */
  record Screen(RgbImage picture, List<String> lines) {}

  /**
   * Starts.
   *
   * @param folder for snapshots and recordings
   */
  LiveScreen(Path folder, Colormap first, boolean invert) {
    this.folder = folder;
    this.invert = invert;
    while (!colours.get(colour).name().equals(first.name())) {
      colour++;
    }
  }

  /**
   * Does what a key is for; others do nothing.
   *
   * @return whether to go on
   */
  synchronized boolean key(char key) {
    switch (Character.toLowerCase(key)) {
      case 'c' -> colour = (colour + 1) % colours.size();
      case 'i' -> invert = !invert;
      case 'v' -> view = view.next();
      case 's' -> snapshot = true;
      case 'r' -> recordingWanted = !recordingWanted;
      case 'h' -> help = !help;
      case 'q', 27 -> {
        return false;
      }
      default -> {
        // Not ours.
      }
    }
    return true;
  }

  /**
   * Draws a frame, and keeps it if that is wanted. What cannot be written is said on the screen.
   *
   * @param nanos the time
   */
  synchronized Screen draw(FrameDepth depth, long nanos) {
    if (last != 0) {
      double seconds = Math.max(1e-4, (nanos - last) / 1e9);
      rate = rate == 0 ? 1 / seconds : 1 / (0.9 / rate + 0.1 * seconds);
    }
    last = nanos;
    RgbImage seen = picture(depth, view);
    try {
      if (snapshot) {
        Path file = free("png");
        ImageFiles.writePng(seen, file);
        said = "saved " + file;
      }
      record(depth, nanos);
    } catch (FileException e) {
      said = String.valueOf(e.getMessage());
      recordingWanted = false;
      recording.ifPresent(failed -> failed.writer().close());
      recording = Optional.empty();
    }
    snapshot = false;
    String state =
        String.format(
            Locale.ROOT,
            "%.1f frames/s, %s%s%s",
            rate,
            colours.get(colour).name(),
            invert ? ", near is dark" : "",
            recording.map(running -> ", recording " + running.file()).orElse(""));
    return new Screen(seen, help ? List.of(state, HELP, said) : List.of());
  }

  private void record(FrameDepth depth, long nanos) {
    if (!recordingWanted) {
      stopRecording();
      return;
    }
    RgbImage picture = picture(depth, recording.map(Recording::view).orElse(view));
    if (recording.isEmpty()) {
      Path file = free("mp4");
      ClipWriter writer = new ClipWriter(file, picture.width(), picture.height(), RATE);
      recording = Optional.of(new Recording(file, writer, view, nanos));
    }
    Recording running = recording.get();
    running
        .writer()
        .add(picture, (nanos - running.start()) / MICRO, Math.round(1e6 / Math.max(1, rate)));
  }

  private void stopRecording() {
    if (recording.isPresent()) {
      Recording done = recording.get();
      recording = Optional.empty();
      try (ClipWriter writer = done.writer()) {
        writer.finish();
      }
      said = "saved " + done.file();
    }
  }

  /** The next name that no file has. */
  private Path free(String ending) {
    for (int i = 1; ; i++) {
      Path file = folder.resolve(String.format(Locale.ROOT, "live-%04d.%s", i, ending));
      if (!Files.exists(file)) {
        return file;
      }
    }
  }

  private RgbImage picture(FrameDepth depth, View wanted) {
    RgbImage frame = depth.frame().picture();
    if (wanted == View.FRAME) {
      return new RgbImage(frame.width(), frame.height(), frame.data().clone());
    }
    Colormap map = invert ? colours.get(colour).reversed() : colours.get(colour);
    RgbImage drawn = map.apply(depth.map(), depth.window());
    if (wanted == View.DEPTH) {
      return drawn;
    }
    int row = 3 * frame.width();
    byte[] both = new byte[2 * row * frame.height()];
    for (int y = 0; y < frame.height(); y++) {
      System.arraycopy(frame.data(), y * row, both, 2 * y * row, row);
      System.arraycopy(drawn.data(), y * row, both, (2 * y + 1) * row, row);
    }
    return new RgbImage(2 * frame.width(), frame.height(), both);
  }

  /** Finishes what is being recorded. */
  @Override
  public synchronized void close() {
    recordingWanted = false;
    stopRecording();
  }
}
