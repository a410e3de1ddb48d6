package dev.deltadepth.core.live;

import java.util.ArrayDeque;
import java.util.Deque;

/** The recent number of maps per second. */
public final class FrameRate {
  private static final double SPAN = 2000;

  private final Deque<Double> times = new ArrayDeque<>();

  /**
   * Counts a finished map.
   *
   * @param now the time in milliseconds
   * @return maps per second over the last two seconds; 0 for the first map
   */
  public double add(double now) {
    times.add(now);
    while (now - times.getFirst() > SPAN && times.size() > 2) {
      times.removeFirst();
    }
    double span = now - times.getFirst();
    return span <= 0 ? 0 : (times.size() - 1) * 1000 / span;
  }
}
