package dev.deltadepth.video.clip;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What frames cost, by what was done with them; several threads may add at the same time. */
public final class ClipCosts {
  private static final double NANOS_A_MILLI = 1e6;

  /** What is done with a frame. */
  public enum Step {
    /** Waiting for it from FFmpeg, or reading it. */
    DECODE,
    /** The network. */
    NETWORK,
    /** Making maps steady, and the range of colours. */
    STEADY,
    /** Bringing the map to the frame's size, and colours. */
    DRAW,
    /** Handing it to the encoder. */
    ENCODE
  }

  private final Map<Step, AtomicLong> nanos = new EnumMap<>(Step.class);
  private final AtomicLong frames = new AtomicLong();
  private final long start = System.nanoTime();

  /** Starts the clock. */
  public ClipCosts() {
    for (Step step : Step.values()) {
      nanos.put(step, new AtomicLong());
    }
  }

  void add(Step step, long since) {
    of(step).addAndGet(System.nanoTime() - since);
  }

  private AtomicLong of(Step step) {
    return Objects.requireNonNull(nanos.get(step));
  }

  void frame() {
    frames.incrementAndGet();
  }

  /** How many frames are done. */
  public long frames() {
    return frames.get();
  }

  /** The mean time that a step takes of one thread, in milliseconds a frame. */
  public double millis(Step step) {
    return of(step).get() / NANOS_A_MILLI / Math.max(1, frames.get());
  }

  /** Frames a second since the start. */
  public double rate() {
    return frames.get() / Math.max(1e-9, (System.nanoTime() - start) / 1e9);
  }
}
