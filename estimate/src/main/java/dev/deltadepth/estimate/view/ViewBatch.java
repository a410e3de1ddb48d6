package dev.deltadepth.estimate.view;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.Upsampling;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Picture;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.io.map.StoredMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Draws from photos and their maps, one photo after the other: drawing uses all processors itself.
 */
public final class ViewBatch {

  /** Where the map of a photo comes from. */
  @FunctionalInterface
  public interface Maps {
    /** The map, of the photo's size. */
    DepthMap of(RgbImage photo);

    /**
     * A map that a file holds, brought to the photo's size along its edges.
     *
     * @throws FileException if the file cannot be read, or has another shape than the photo
     */
    static Maps stored(Path file) {
      DepthMap map = StoredMap.read(file).map();
      return photo -> {
        double stretch =
            (double) map.width() * photo.height() / ((double) map.height() * photo.width());
        double tolerance = 1.0 / Math.min(map.width(), map.height()) + 0.01;
        if (Math.abs(stretch - 1) > tolerance) {
          throw new FileException(
              file
                  + " has "
                  + map.width()
                  + " x "
                  + map.height()
                  + " values, which is another shape than the photo's "
                  + photo.width()
                  + " x "
                  + photo.height()
                  + "; give the map of this photo");
        }
        return Upsampling.JOINT.enlarge(map, photo);
      };
    }
  }

  /** Draws the files of one photo. */
  @FunctionalInterface
  public interface Drawing {
    /**
     * Draws.
     *
     * @param outputs the file to write for each suffix
     */
    void draw(RgbImage photo, DepthMap map, Map<String, Path> outputs);
  }

  /** Told about each job. */
  public interface Listener {
    /** All files are written. */
    void done(ViewJob job, long millis);

    /** Something that the user should know, in one sentence. */
    void note(String note);

    /** The job failed; the message names the file and says what to do. */
    void failed(ViewJob job, Throwable problem);
  }

  private final Maps maps;
  private final Drawing drawing;
  private final PictureLimits limits;
  private final Listener listener;

  /**
   * Prepares a batch.
   *
   * @param limits of the photos
   */
  public ViewBatch(Maps maps, Drawing drawing, PictureLimits limits, Listener listener) {
    this.maps = maps;
    this.drawing = drawing;
    this.limits = limits;
    this.listener = listener;
  }

  /** Runs all jobs; each ends with one call of the listener. */
  public void run(List<ViewJob> jobs) {
    for (ViewJob job : jobs) {
      try {
        long start = System.nanoTime();
        draw(job);
        listener.done(job, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      } catch (RuntimeException | OutOfMemoryError e) {
        listener.failed(job, e);
      }
    }
  }

  private void draw(ViewJob job) {
    String shown = job.photo().shown();
    Picture picture = ImageFiles.picture(ImageFiles.content(job.photo().file()), shown, limits);
    picture.notes().forEach(listener::note);
    DepthMap map = maps.of(picture.image());
    if (!map.varies()) {
      throw new FileException(
          shown + ": its map has no two different values; try another model or map");
    }
    job.outputs().values().forEach(ViewBatch::createFolder);
    drawing.draw(picture.image(), map, job.outputs());
  }

  private static void createFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new FileException(
          "cannot create the folder " + folder + "; choose another one with -o", e);
    }
  }
}
