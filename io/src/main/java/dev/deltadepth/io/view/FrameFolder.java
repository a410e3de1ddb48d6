package dev.deltadepth.io.view;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Frames;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** Frames as PNG files of a folder, numbered from 1: {@code frame-0001.png}. */
public final class FrameFolder {
  private FrameFolder() {}

  /**
   * Writes all frames. The folder is created if needed; files of the same names are replaced.
   *
   * @throws FileException if a file or the folder cannot be written
   */
  public static void write(Frames frames, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new FileException("cannot create the folder " + folder + "; choose another one", e);
    }
    Iterator<RgbImage> ahead = new FramesAhead(frames);
    for (int i = 0; ahead.hasNext(); i++) {
      ImageFiles.writePng(ahead.next(), file(folder, i));
    }
  }

  /** The file of a frame, counted from 0. */
  public static Path file(Path folder, int index) {
    String number = Integer.toString(index + 1);
    return folder.resolve(
        "frame-" + "0".repeat(Math.max(0, 4 - number.length())) + number + ".png");
  }
}
