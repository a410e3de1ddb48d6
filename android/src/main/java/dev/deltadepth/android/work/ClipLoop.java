package dev.deltadepth.android.work;

import dev.deltadepth.core.RgbImage;
import java.io.File;
import java.io.IOException;
import java.util.List;

/** Pictures by turns, as a clip. */
public final class ClipLoop {
  private static final long MICROS = 1000;

  private ClipLoop() {}

  /**
   * Writes the clip.
   *
   * @param pictures of one size
   * @param times how often all are shown
   * @param millis how long each is shown
   * @throws IOException if the phone cannot encode it, or there is no room
   */
  public static void write(Clips clips, File file, List<RgbImage> pictures, int times, int millis)
      throws IOException {
    RgbImage first = pictures.get(0);
    int count = times * pictures.size();
    try (Clips.Writer writer = clips.begin(file, first.width(), first.height())) {
      // Players end with the last time: the last picture is given twice to be seen.
      for (int i = 0; i <= count; i++) {
        int shown = Math.min(i, count - 1) % pictures.size();
        writer.add(pictures.get(shown), MICROS * millis * i);
      }
    }
  }
}
