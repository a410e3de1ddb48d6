package dev.deltadepth.server;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.server.http.Codings;
import dev.deltadepth.server.http.ServerException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The workers: photos wait in a short queue for one of a few threads, or are refused. */
final class DepthService implements AutoCloseable {
  private static final String PHOTO = "the photo";
  private static final float JPEG_QUALITY = 0.95f;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What a worker needs in memory for each pixel of its photo. */
  private static final int BYTES_PER_PIXEL = 25;

  private final DepthEstimator estimator;
  private final Limits limits;
  private final MemoryBudget memory;
  private final ThreadPoolExecutor workers;

  /** The recent average of seconds per photo. */
  private double recentSeconds = 0.1;

  /**
   * Starts workers.
   *
   * @param memory for photos and maps while they are worked on
   */
  DepthService(DepthEstimator estimator, Limits limits, MemoryBudget memory) {
    this.estimator = estimator;
    this.limits = limits;
    this.memory = memory;
    this.workers =
        new ThreadPoolExecutor(
            limits.workers(),
            limits.workers(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(limits.queue()),
            task -> new Thread(task, "delta-worker"));
  }

  /** The number of photos that wait for a worker. */
  int waiting() {
    return workers.getQueue().size();
  }

  /** The number of photos in progress. */
  int working() {
    return workers.getActiveCount();
  }

  /** Seconds, at least 1, until the present queue will be processed. */
  synchronized int retryAfter() {
    double seconds = recentSeconds * (waiting() + working()) / limits.workers();
    return (int) Math.max(1, Math.ceil(seconds));
  }

  private synchronized void learn(double seconds) {
    recentSeconds += 0.1 * (seconds - recentSeconds);
  }

  /**
   * Queues a photo.
   *
   * @param photo a file's content
   * @return the answer; fails with {@link ServerException}: 422 for content that is not a photo or
   *     exceeds the limits, 503 if the queue is full or the workers have no memory for it. If it is
   *     completed from outside, such as by a deadline, the photo is dropped.
   */
  CompletableFuture<Answer> submit(byte[] photo, DepthQuery query) {
    return submit((arrival, share) -> answer(photo, query, arrival, share));
  }

  /** Queues a photo that is only to be decoded; otherwise the same. */
  CompletableFuture<Answer> submit(byte[] photo) {
    return submit((arrival, share) -> decoded(photo, arrival, share));
  }

  /** What a worker does with a photo that has arrived at a time. */
  private interface Work {
    Answer answer(long arrival, MemoryBudget.Share share) throws IOException;
  }

  private CompletableFuture<Answer> submit(Work work) {
    Job job = new Job(work);
    try {
      workers.execute(job);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new ServerException(503, "the server is busy: too many photos are waiting"));
    }
    var unused =
        job.answer.whenComplete(
            (done, problem) -> {
              // True only if the answer was completed from outside.
              if (job.cancel(true)) {
                workers.remove(job);
              }
            });
    return job.answer;
  }

  /** Processes one photo. */
  private final class Job extends FutureTask<Answer> {
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    Job(Work work) {
      this(work, System.nanoTime());
    }

    private Job(Work work, long arrival) {
      super(
          () -> {
            try (MemoryBudget.Share share = memory.share()) {
              return work.answer(arrival, share);
            }
          });
    }

    @Override
    protected void done() {
      if (isCancelled()) {
        return;
      }
      try {
        Answer made = get();
        learn(made.times().working());
        answer.complete(made);
      } catch (ExecutionException e) {
        answer.completeExceptionally(refusal(e));
      } catch (InterruptedException e) {
        throw new AssertionError("a completed task needs no waiting", e);
      }
    }
  }

  private static Throwable refusal(ExecutionException failed) {
    Throwable problem = failed.getCause() == null ? failed : failed.getCause();
    if (problem instanceof FileException) {
      return new ServerException(422, String.valueOf(problem.getMessage()));
    }
    if (problem instanceof OutOfMemoryError) {
      return new ServerException(
          503,
          "the server is short of memory: send a smaller copy of the photo or try again later");
    }
    return problem;
  }

  private RgbImage decode(byte[] content, MemoryBudget.Share share) {
    PictureLimits allowed =
        PictureLimits.strict(limits.pixels())
            .withMaxSide(Limits.LONGEST_SIDE)
            .telling(pixels -> share.needOrBeAlone(BYTES_PER_PIXEL * pixels));
    return ImageFiles.picture(content, PHOTO, allowed).image();
  }

  private Answer answer(byte[] content, DepthQuery query, long arrival, MemoryBudget.Share share)
      throws IOException {
    long start = System.nanoTime();
    RgbImage photo = decode(content, share);
    int size = query.size() == 0 ? estimator.size() : query.size();
    InputSize seen = estimator.inputSize(photo.width(), photo.height(), size);
    if ((long) seen.width() * seen.height() > limits.networkPixels()) {
      throw new ServerException(
          422,
          "at size "
              + size
              + " the network would see "
              + seen.width()
              + " x "
              + seen.height()
              + " pixels of the photo, more than the limit of "
              + limits.networkPixels()
              + ": ask for a smaller size");
    }
    long decoded = System.nanoTime();
    stopIfDropped();
    DepthMap map = estimator.estimate(photo, size);
    long estimated = System.nanoTime();
    stopIfDropped();
    byte[] encoded = query.format().encode(map, photo, query.colours());
    encoded = query.compressed() ? Codings.gzip(encoded) : encoded;
    long end = System.nanoTime();
    return new Answer(
        encoded,
        map.width(),
        map.height(),
        new Answer.Times(
            (start - arrival) / 1e9,
            (decoded - start) / 1e9,
            (estimated - decoded) / 1e9,
            (end - estimated) / 1e9));
  }

  /** Upright and in sRGB, as JPEG. */
  private Answer decoded(byte[] content, long arrival, MemoryBudget.Share share) {
    long start = System.nanoTime();
    RgbImage photo = decode(content, share);
    long decoded = System.nanoTime();
    stopIfDropped();
    byte[] jpeg = ImageFiles.jpeg(photo, JPEG_QUALITY);
    long end = System.nanoTime();
    return new Answer(
        jpeg,
        photo.width(),
        photo.height(),
        new Answer.Times(
            (start - arrival) / 1e9, (decoded - start) / 1e9, 0, (end - decoded) / 1e9));
  }

  /** The thread of a cancelled job is interrupted. */
  private static void stopIfDropped() {
    if (Thread.currentThread().isInterrupted()) {
      throw new ServerException(503, "the client disconnected");
    }
  }

  /** Accepts no more photos and drops those in the queue, whose clients are gone. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      // The estimator may be closed next; it lets running estimates finish.
      workers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
