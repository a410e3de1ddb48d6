package dev.deltadepth.io.view;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Frames;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;

/** Frames as PNG files of a folder, numbered from 1: {@code frame-0001.png}. */
public final class FrameFolder {
  /** What is put behind the stem of a photo's name. */
  public static final String SUFFIX = ".orbit";

  private FrameFolder() {}

  /** Whether a folder is named like one that was drawn from a photo, and has a first frame. */
  public static boolean isDrawn(Path folder) {
    return String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT).endsWith(SUFFIX)
        && Files.exists(file(folder, 0));
  }

  /**
   * Writes all frames. The folder appears complete or not at all; in one that exists, files of the
   * same names are replaced when all are there.
   *
   * @throws FileException if a file or the folder cannot be written
   */
  public static void write(Frames frames, Path folder) {
    Path fresh = folder.resolveSibling(".delta-" + ProcessHandle.current().pid() + "-frames.tmp");
    Thread sweeper = new Thread(() -> discard(fresh));
    Runtime.getRuntime().addShutdownHook(sweeper);
    try {
      Files.createDirectories(fresh);
      Iterator<RgbImage> ahead = new FramesAhead(frames);
      int count = 0;
      for (; ahead.hasNext(); count++) {
        ImageFiles.writePng(ahead.next(), file(fresh, count));
      }
      if (Files.exists(folder)) {
        for (int i = 0; i < count; i++) {
          Files.move(file(fresh, i), file(folder, i), StandardCopyOption.REPLACE_EXISTING);
        }
      } else {
        Files.move(fresh, folder);
      }
    } catch (IOException e) {
      throw new FileException("cannot write the folder " + folder + "; choose another one", e);
    } finally {
      delete(fresh);
      stop(sweeper);
    }
  }

  private static void stop(Thread sweeper) {
    try {
      Runtime.getRuntime().removeShutdownHook(sweeper);
    } catch (IllegalStateException e) {
      // It is at work.
    }
  }

  /** Deletes a folder into which a thread may still write: under its new name none finds it. */
  private static void discard(Path folder) {
    Path gone = folder.resolveSibling(".delta-" + ProcessHandle.current().pid() + "-gone.tmp");
    try {
      Files.move(folder, gone);
    } catch (IOException e) {
      // It is not there, or has its final name.
      return;
    }
    delete(gone);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // What is left is hidden and has a name that says what it is.
    }
  }

  /** The file of a frame, counted from 0. */
  public static Path file(Path folder, int index) {
    String number = Integer.toString(index + 1);
    return folder.resolve(
        "frame-" + "0".repeat(Math.max(0, 4 - number.length())) + number + ".png");
  }
}
