package dev.deltadepth.estimate;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Picture;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.io.map.DepthWriter;
import dev.deltadepth.runtime.DepthEstimator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Estimates photos from files to files; decoding, inference and encoding run at the same time.
 * Memory does not grow with the number of photos: two are decoded ahead, and those being written
 * hold at most {@link #WRITING} million pixels together (or are a single larger one).
 */
public final class EstimateBatch {
  private static final int AHEAD = 2;
  private static final int WRITERS = Math.min(4, Runtime.getRuntime().availableProcessors());

  /** In millions of pixels. */
  private static final int WRITING = 100;

  private final DepthEstimator estimator;
  private final Colormap colormap;
  private final PictureLimits limits;
  private final Listener listener;
  private final Semaphore room = new Semaphore(WRITING);

  /** Told once about each job, from several threads. */
  public interface Listener {
    /** All outputs are written. */
    void done(EstimateJob job, long inferenceMillis);

    /** Something that the user should know of a photo, in one sentence that names it. */
    default void noted(EstimateJob job, String note) {}

    /** The job failed; the message names the file and says what to do. */
    void failed(EstimateJob job, Throwable problem);
  }

  /**
   * Prepares a batch.
   *
   * @param estimator stays open
   * @param colormap of the formats that have colours
   * @param limits of the photos
   * @param listener told about each job
   */
  public EstimateBatch(
      DepthEstimator estimator, Colormap colormap, PictureLimits limits, Listener listener) {
    this.estimator = estimator;
    this.colormap = colormap;
    this.limits = limits;
    this.listener = listener;
  }

  private record Decoding(EstimateJob job, Future<Picture> photo) {}

  /** Runs all jobs; each ends with one call of the listener. */
  public void run(List<EstimateJob> jobs) throws InterruptedException {
    ExecutorService reader = Executors.newSingleThreadExecutor();
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      Deque<Decoding> ahead = new ArrayDeque<>();
      Iterator<EstimateJob> waiting = jobs.iterator();
      while (waiting.hasNext() || !ahead.isEmpty()) {
        while (waiting.hasNext() && ahead.size() < AHEAD) {
          EstimateJob job = waiting.next();
          ahead.add(new Decoding(job, reader.submit(() -> read(job.photo()))));
        }
        estimate(ahead.remove(), writers);
      }
      writers.shutdown();
      writers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } finally {
      reader.shutdownNow();
      writers.shutdownNow();
    }
  }

  private Picture read(Path photo) {
    return ImageFiles.picture(ImageFiles.content(photo), photo.toString(), limits);
  }

  private void estimate(Decoding decoding, ExecutorService writers) throws InterruptedException {
    EstimateJob job = decoding.job();
    try {
      Picture picture = decoding.photo().get();
      picture.notes().forEach(note -> listener.noted(job, note));
      RgbImage photo = picture.image();
      long start = System.nanoTime();
      DepthMap map = estimator.estimate(photo);
      if (!map.varies()) {
        throw new FileException(
            job.photo() + ": its map has no two different values; try another model");
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      int size = Math.min(WRITING, 1 + map.data().length / 1_000_000);
      room.acquire(size);
      writers.execute(
          () -> {
            try {
              write(job, photo, map);
              listener.done(job, millis);
            } catch (RuntimeException | OutOfMemoryError e) {
              listener.failed(job, e);
            } finally {
              room.release(size);
            }
          });
    } catch (ExecutionException e) {
      listener.failed(job, e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException | OutOfMemoryError e) {
      listener.failed(job, e);
    }
  }

  private void write(EstimateJob job, RgbImage photo, DepthMap map) {
    job.outputs()
        .forEach(
            (format, file) -> {
              Optional.ofNullable(file.toAbsolutePath().getParent())
                  .ifPresent(EstimateBatch::createFolder);
              DepthWriter.write(map, photo, format, colormap, file);
            });
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new FileException(
          "cannot create the folder " + folder + "; choose another one with -o", e);
    }
  }
}
