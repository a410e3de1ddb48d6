package dev.deltadepth.server.job;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What videos may use.
 *
 * @param jobs that are kept, from the arrival of their video until their result goes; 0 for none
 * @param videoBytes of a video that is sent
 * @param totalBytes of all videos and results together
 * @param length of the part that is worked on
 * @param work how long a video may be worked on
 * @param pixels of a frame
 * @param age how long a result is kept
 * @param folder where the server makes its temporary folder
 */
public record JobLimits(
    int jobs,
    long videoBytes,
    long totalBytes,
    Duration length,
    Duration work,
    long pixels,
    Duration age,
    Path folder) {
  /** Mean frames a second of the longest part; of faster videos, less is worked on. */
  private static final int RATE = 60;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1, or a video has no room
   */
  public JobLimits {
    if (jobs < 0
        || videoBytes < 1
        || pixels < 1
        || length.toMillis() < 1
        || work.toMillis() < 1
        || age.toMillis() < 1) {
      throw new IllegalArgumentException("limits of videos must be at least 1");
    }
    if (totalBytes < videoBytes) {
      throw new IllegalArgumentException("all videos must have room for one");
    }
  }

  /**
   * 8 jobs, videos of 500 MB, 2 GB for all, ten minutes, two hours of work, frames of 4096 x 2304
   * pixels, an hour, the system's folder for temporary files.
   */
  public static JobLimits defaults() {
    return new JobLimits(
        8,
        500_000_000,
        2_000_000_000,
        Duration.ofMinutes(10),
        Duration.ofHours(2),
        4096 * 2304,
        Duration.ofHours(1),
        Path.of(System.getProperty("java.io.tmpdir", ".")));
  }

  /** Whether videos are taken at all. */
  public boolean any() {
    return jobs > 0;
  }

  /** Frames of a video, at most. */
  long frames() {
    return Math.max(1, RATE * length.toMillis() / 1000);
  }

  /** The same with another number of jobs. */
  public JobLimits withJobs(int count) {
    return new JobLimits(count, videoBytes, totalBytes, length, work, pixels, age, folder);
  }

  /** The same with other largest videos, and room for four of them. */
  public JobLimits withVideoBytes(long bytes) {
    return new JobLimits(jobs, bytes, 4 * bytes, length, work, pixels, age, folder);
  }

  /** The same with other room for all. */
  public JobLimits withTotalBytes(long bytes) {
    return new JobLimits(jobs, videoBytes, bytes, length, work, pixels, age, folder);
  }

  /** The same with another longest part. */
  public JobLimits withLength(Duration longest) {
    return new JobLimits(jobs, videoBytes, totalBytes, longest, work, pixels, age, folder);
  }

  /** The same with another time for the work. */
  public JobLimits withWork(Duration longest) {
    return new JobLimits(jobs, videoBytes, totalBytes, length, longest, pixels, age, folder);
  }

  /** The same with another age. */
  public JobLimits withAge(Duration longest) {
    return new JobLimits(jobs, videoBytes, totalBytes, length, work, pixels, longest, folder);
  }

  /** The same with its files elsewhere. */
  public JobLimits withFolder(Path other) {
    return new JobLimits(jobs, videoBytes, totalBytes, length, work, pixels, age, other);
  }
}
