package dev.deltadepth.estimate;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Picture;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.io.map.DepthFormat;
import dev.deltadepth.io.map.DepthWriter;
import dev.deltadepth.io.map.MapDescription.Origin;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.TiledEstimator;
import dev.deltadepth.runtime.TiledEstimator.Tiling;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
  private final Tiling tiling;
  private final TiledEstimator tiled;
  private final MapOutput output;
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
   * @param output how the maps are written
   * @param limits of the photos
   * @param listener told about each job
   */
  public EstimateBatch(
      DepthEstimator estimator, MapOutput output, PictureLimits limits, Listener listener) {
    this(estimator, Tiling.AUTOMATIC, output, limits, listener);
  }

  /**
   * Prepares a batch that cuts photos into tiles.
   *
   * @param tiling how photos are cut
   */
  public EstimateBatch(
      DepthEstimator estimator,
      Tiling tiling,
      MapOutput output,
      PictureLimits limits,
      Listener listener) {
    this.estimator = estimator;
    this.tiling = tiling;
    this.tiled = new TiledEstimator(estimator, tiling);
    this.output = output;
    this.limits = limits;
    this.listener = listener;
  }

  /** A photo, the hash of its file, and what is known of it. */
  private record Decoded(Picture picture, String sha256) {}

  private record Decoding(EstimateJob job, Future<Decoded> photo) {}

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

  /**
   * One range for the maps of all photos, so that they can be compared: from the lowest to the
   * highest of their own ranges. Every photo is estimated for it; those that fail are left out.
   *
   * @param step is told after each photo
   * @return 0 to 0 if all fail
   */
  public Normalization sharedRange(List<EstimateJob> jobs, Runnable step) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (EstimateJob job : jobs) {
      try {
        RgbImage photo = read(job.photo()).picture().image();
        DepthMap map = tiled.estimate(photo, camera(job.photo().file(), photo));
        if (map.varies()) {
          Normalization range = Normalization.ofMost(map.data());
          low = Math.min(low, range.low());
          high = Math.max(high, range.high());
        }
      } catch (RuntimeException | OutOfMemoryError e) {
        // Said when its map is to be written.
      }
      step.run();
    }
    return low <= high ? new Normalization(low, high) : new Normalization(0, 0);
  }

  /** What is known of the photo's camera, if the model wants to know it. */
  private Camera camera(Path file, RgbImage photo) {
    return estimator.description().needsCamera()
        ? output.scene().camera().of(file, photo.width(), photo.height()).camera()
        : Camera.unknown(photo.width(), photo.height());
  }

  private Decoded read(PhotoFiles.Photo photo) {
    byte[] content = ImageFiles.content(photo.file());
    return new Decoded(ImageFiles.picture(content, photo.shown(), limits), Sha256.of(content));
  }

  private void estimate(Decoding decoding, ExecutorService writers) throws InterruptedException {
    EstimateJob job = decoding.job();
    try {
      Decoded decoded = decoding.photo().get();
      decoded.picture().notes().forEach(note -> listener.noted(job, note));
      RgbImage photo = decoded.picture().image();
      NetworkMemory.here()
          .require(tiled.inputSize(photo.width(), photo.height()), job.photo().shown());
      Camera camera = camera(job.photo().file(), photo);
      long start = System.nanoTime();
      DepthMap map = tiled.estimate(photo, camera);
      if (!map.varies()) {
        throw new FileException(
            job.photo().shown() + ": its map has no two different values; try another model");
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      int size = Math.min(WRITING, 1 + map.data().length / 1_000_000);
      room.acquire(size);
      writers.execute(
          () -> {
            try {
              write(job, photo, map, origin(photo, decoded.sha256()));
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

  private Origin origin(RgbImage photo, String sha256) {
    InputSize seen = tiled.inputSize(photo.width(), photo.height());
    return new Origin(
        output.software(),
        estimator.description().name(),
        output.modelSha256(),
        sha256,
        seen.width(),
        seen.height(),
        estimator.upsampling().toString(),
        tiling.of(photo.width(), photo.height()),
        tiling.wraps());
  }

  private void write(EstimateJob job, RgbImage photo, DepthMap map, Origin origin) {
    DepthWriter writer =
        DepthWriter.of(output.style()).withSteps(output.scene().steps()).from(origin);
    SceneFiles scene =
        new SceneFiles(
            output.scene(), job.photo(), photo, map, origin, note -> listener.noted(job, note));
    Optional<RuntimeException> problem = Optional.empty();
    for (Map.Entry<DepthFormat, Path> one : job.outputs().entrySet()) {
      try {
        write(one.getKey(), one.getValue(), photo, scene, writer);
      } catch (RuntimeException e) {
        // A format that fails does not take the others with it.
        problem = problem.or(() -> Optional.of(e));
      }
    }
    problem.ifPresent(
        first -> {
          throw first;
        });
  }

  private void write(
      DepthFormat format, Path file, RgbImage photo, SceneFiles scene, DepthWriter writer) {
    if (file.equals(EstimateJob.STANDARD_OUTPUT)) {
      print(photo, scene, format, writer);
      return;
    }
    Optional.ofNullable(file.toAbsolutePath().getParent()).ifPresent(EstimateBatch::createFolder);
    if (format.isScene()) {
      scene.write(format, file);
      return;
    }
    DepthMap written = scene.map(format);
    writer.write(written, photo, format, file);
    // Bare metres would be taken for disparity, the other way round.
    boolean bare = format == DepthFormat.NPY || format == DepthFormat.PFM;
    if (output.sidecars() || (bare && written.kind() != DepthMap.Kind.DISPARITY)) {
      writer.writeSidecar(written, format, file);
    }
  }

  private static void print(
      RgbImage photo, SceneFiles scene, DepthFormat format, DepthWriter writer) {
    try {
      OutputStream buffered = new BufferedOutputStream(System.out, 1 << 16);
      if (format.isScene()) {
        scene.write(format, buffered);
      } else {
        writer.write(scene.map(format), photo, format, buffered);
      }
      buffered.flush();
      // A PrintStream keeps its troubles to itself.
      if (System.out.checkError()) {
        throw new IOException("it was closed, or its disk is full");
      }
    } catch (IOException e) {
      throw new FileException("cannot write to standard output: " + e.getMessage(), e);
    }
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
