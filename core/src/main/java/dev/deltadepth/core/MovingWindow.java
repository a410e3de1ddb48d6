package dev.deltadepth.core;

import java.util.Arrays;

/**
 * Steady colours for a sequence of maps. Each map's lowest and highest values jump with noise and
 * with whatever enters the picture; here the window spans the 2nd to the 98th percentile and
 * follows from map to map by exponential smoothing.
 *
 * <p>It holds the state of one sequence and is not thread-safe.
 */
public final class MovingWindow {
  /** The share of values below the window, and the share above it. */
  private static final double TAIL = 0.02;

  /** At most this many values are sampled, evenly spread: percentiles need no more. */
  private static final int SAMPLES = 16_384;

  /** How far the window of a film follows: slower than what the eye notices. */
  private static final float OF_FILM = 0.05f;

  private final float rate;
  private boolean started;
  private float low;
  private float high;

  /**
   * Starts a sequence.
   *
   * @param rate how far the window moves towards that of the next map, above 0 and up to 1; with 1,
   *     every map has its own window
   * @throws IllegalArgumentException if the rate is out of range
   */
  public MovingWindow(float rate) {
    if (!(rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException("the rate must be above 0 and up to 1, not " + rate);
    }
    this.rate = rate;
  }

  /** Starts a shot of a film whose maps are steady; the next shot begins a new one. */
  public static MovingWindow ofFilm() {
    return new MovingWindow(OF_FILM);
  }

  /**
   * The window for the next map of the sequence. The first map gets its own; a map without finite
   * values leaves the window unchanged, 0 to 0 at the start.
   */
  public Normalization next(DepthMap map) {
    float[] sorted = finiteSamples(map.data());
    if (sorted.length > 0) {
      int tail = (int) (TAIL * sorted.length);
      float below = sorted[tail];
      float above = sorted[sorted.length - 1 - tail];
      low = started ? low + rate * (below - low) : below;
      high = started ? high + rate * (above - high) : above;
      started = true;
    }
    return new Normalization(low, Math.max(low, high));
  }

  private static float[] finiteSamples(float[] values) {
    int step = Math.max(1, values.length / SAMPLES);
    float[] samples = new float[(values.length + step - 1) / step];
    int count = 0;
    for (int i = 0; i < values.length; i += step) {
      if (Float.isFinite(values[i])) {
        samples[count++] = values[i];
      }
    }
    float[] finite = Arrays.copyOf(samples, count);
    Arrays.sort(finite);
    return finite;
  }
}
