package dev.deltadepth.android;

import dev.deltadepth.android.live.LiveCamera;
import dev.deltadepth.android.live.LiveFrame;
import dev.deltadepth.android.work.Problem;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.live.YuvFrame;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two cameras that play a folder of pictures, one when the test says so. */
final class FolderCamera implements LiveCamera {
  private final List<RgbImage> pictures;
  private Optional<Consumer<LiveFrame>> watcher = Optional.empty();
  private int which = -1;
  private int next;
  private boolean lit;

  FolderCamera(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      pictures = files.sorted().map(ImageFiles::read).collect(Collectors.toList());
    }
  }

  /** Gives the next frame, after the last one the first again. */
  void play() {
    YuvFrame frame = YuvFrame.of(pictures.get(next++ % pictures.size()));
    watcher.ifPresent(told -> told.accept(new LiveFrame(frame, 0, which == 1)));
  }

  /** The open camera; -1 for none. */
  int which() {
    return which;
  }

  boolean isLit() {
    return lit;
  }

  @Override
  public int count() {
    return 2;
  }

  @Override
  public void open(
      int number, Consumer<LiveFrame> frames, Runnable ready, Consumer<Problem> failed) {
    which = number;
    watcher = Optional.of(frames);
    ready.run();
  }

  @Override
  public boolean hasTorch() {
    return which == 0;
  }

  @Override
  public void torch(boolean on) {
    lit = on;
  }

  @Override
  public void close() {
    which = -1;
    watcher = Optional.empty();
  }
}
