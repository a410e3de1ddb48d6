package dev.deltadepth.server;

import java.time.Duration;

/**
 * What one request and all requests together may use.
 *
 * @param bodyBytes the maximum length of a request's body
 * @param pixels the maximum number of pixels of a photo
 * @param networkPixels the maximum number of pixels of the network's input
 * @param time the time limit for each step: receiving a photo, processing it, and sending its map
 * @param workers photos processed at once
 * @param queue photos that may wait for a worker; one more is refused
 * @param memory bytes of bodies and answers held for all clients together; photos and maps that are
 *     worked on may take twice as much, and one alone more
 */
public record Limits(
    int bodyBytes,
    long pixels,
    long networkPixels,
    Duration time,
    int workers,
    int queue,
    long memory) {

  /** The longest side of a photo in pixels: that of JPEG. */
  static final int LONGEST_SIDE = 65_535;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public Limits {
    if (bodyBytes < 1 || pixels < 1 || networkPixels < 1 || workers < 1 || queue < 1) {
      throw new IllegalArgumentException("limits must be at least 1");
    }
    if (time.toMillis() < 1 || memory < bodyBytes) {
      throw new IllegalArgumentException(
          "time must be above 0, and memory must be at least one body");
    }
  }

  /**
   * 32 MB and 50 million pixels per photo, a megapixel for the network, 30 seconds, a worker for
   * each processor core up to 4, a queue of 16, a quarter of the heap.
   */
  public static Limits defaults() {
    Runtime java = Runtime.getRuntime();
    int bodyBytes = 32 << 20;
    return new Limits(
        bodyBytes,
        50_000_000,
        1 << 20,
        Duration.ofSeconds(30),
        Math.min(4, java.availableProcessors()),
        16,
        Math.max(bodyBytes, java.maxMemory() / 4));
  }

  /** The same with another longest body. */
  public Limits withBodyBytes(int bytes) {
    return new Limits(bytes, pixels, networkPixels, time, workers, queue, Math.max(memory, bytes));
  }

  /** The same with another number of pixels. */
  public Limits withPixels(long count) {
    return new Limits(bodyBytes, count, networkPixels, time, workers, queue, memory);
  }

  /** The same with another time. */
  public Limits withTime(Duration duration) {
    return new Limits(bodyBytes, pixels, networkPixels, duration, workers, queue, memory);
  }

  /** The same with another number of workers. */
  public Limits withWorkers(int count) {
    return new Limits(bodyBytes, pixels, networkPixels, time, count, queue, memory);
  }

  /** The same with another length of the queue. */
  public Limits withQueue(int count) {
    return new Limits(bodyBytes, pixels, networkPixels, time, workers, count, memory);
  }

  /** The same with other memory. */
  public Limits withMemory(long bytes) {
    return new Limits(bodyBytes, pixels, networkPixels, time, workers, queue, bytes);
  }
}
