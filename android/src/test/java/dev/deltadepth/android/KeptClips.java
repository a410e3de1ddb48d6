package dev.deltadepth.android;

import dev.deltadepth.android.work.Clips;
import dev.deltadepth.core.RgbImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the pictures of a clip, and writes a file that says how many there are. */
final class KeptClips implements Clips {
  private final List<RgbImage> pictures = new CopyOnWriteArrayList<>();
  private final List<Long> times = new CopyOnWriteArrayList<>();

  List<RgbImage> pictures() {
    return pictures;
  }

  List<Long> times() {
    return times;
  }

  @Override
  public Writer begin(File file, int width, int height) {
    return new Writer() {
      @Override
      public void add(RgbImage picture, long micros) {
        pictures.add(picture);
        times.add(micros);
      }

      @Override
      public void close() throws IOException {
        Files.write(
            file.toPath(), String.valueOf(pictures.size()).getBytes(StandardCharsets.UTF_8));
      }
    };
  }
}
