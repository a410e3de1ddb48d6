package dev.deltadepth.cli.option;

import dev.deltadepth.server.Limits;
import dev.deltadepth.server.job.JobLimits;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code serve} lets its clients take. */
public final class LimitOptions {
  private static final int MEGA = 1_000_000;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = Workers.class,
      description = "How many photos are processed at once (default: processor cores, at most 4).")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--queue",
      paramLabel = "N",
      converter = Queue.class,
      description = "How many photos may wait; others are refused at once (default: 16).")
  private Optional<Integer> queue = Optional.empty();

  @Option(
      names = "--max-body",
      paramLabel = "MB",
      converter = Megabytes.class,
      description = "The largest file of a photo in megabytes (default: 32).")
  private Optional<Integer> body = Optional.empty();

  @Option(
      names = "--max-pixels",
      paramLabel = "MP",
      converter = Megapixels.class,
      description = "The largest photo in megapixels (default: 50).")
  private Optional<Integer> pixels = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description =
          """
          How long a photo may take to arrive, to be processed and its map to be received; each \
          (default: 30).\
          """)
  private Optional<Integer> timeout = Optional.empty();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      converter = Jobs.class,
      description =
          """
          How many videos are kept, waiting, in progress or done, in a temporary folder; 0 takes \
          none (default: 8).\
          """)
  private Optional<Integer> jobs = Optional.empty();

  @Option(
      names = "--max-video",
      paramLabel = "MB",
      converter = VideoMegabytes.class,
      description =
          """
          The largest file of a video in megabytes; all videos and results together may have four \
          times as many (default: 500).\
          """)
  private Optional<Integer> video = Optional.empty();

  @Option(
      names = "--max-minutes",
      paramLabel = "N",
      converter = Minutes.class,
      description = "The longest part of a video in minutes (default: 10).")
  private Optional<Integer> minutes = Optional.empty();

  /** Videos that are kept. */
  public static final class Jobs extends WholeNumber {
    Jobs() {
      super(0, 1000);
    }
  }

  /** Sizes of videos. */
  public static final class VideoMegabytes extends WholeNumber {
    VideoMegabytes() {
      super(1, 1_000_000);
    }
  }

  /** Lengths of videos, up to a day. */
  public static final class Minutes extends WholeNumber {
    Minutes() {
      super(1, 1440);
    }
  }

  /** Photos that are processed at once. */
  public static final class Workers extends WholeNumber {
    Workers() {
      super(1, 1024);
    }
  }

  /** Photos that may wait. */
  public static final class Queue extends WholeNumber {
    Queue() {
      super(1, 100_000);
    }
  }

  /** Sizes of files. */
  public static final class Megabytes extends WholeNumber {
    Megabytes() {
      super(1, 1000);
    }
  }

  /** Sizes of photos: an array holds three bytes a pixel. */
  public static final class Megapixels extends WholeNumber {
    Megapixels() {
      super(1, 700);
    }
  }

  /** Times, up to a day. */
  public static final class Seconds extends WholeNumber {
    Seconds() {
      super(1, 86_400);
    }
  }

  /** The limits given, and defaults for the others. */
  public Limits limits() {
    Limits limits = Limits.defaults();
    limits = limits.withWorkers(workers.orElse(limits.workers()));
    limits = limits.withQueue(queue.orElse(limits.queue()));
    if (body.isPresent()) {
      limits = limits.withBodyBytes(body.get() * MEGA);
    }
    if (pixels.isPresent()) {
      limits = limits.withPixels((long) pixels.get() * MEGA);
    }
    if (timeout.isPresent()) {
      limits = limits.withTime(Duration.ofSeconds(timeout.get()));
    }
    return limits;
  }

  /** The limits of videos. */
  public JobLimits videos() {
    JobLimits limits = JobLimits.defaults();
    limits = limits.withJobs(jobs.orElse(limits.jobs()));
    if (video.isPresent()) {
      limits = limits.withVideoBytes((long) video.get() * MEGA);
    }
    if (minutes.isPresent()) {
      limits = limits.withLength(Duration.ofMinutes(minutes.get()));
    }
    return limits;
  }
}
