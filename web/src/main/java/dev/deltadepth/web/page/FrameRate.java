package dev.deltadepth.web.page;

import java.util.ArrayDeque;
import java.util.Deque;

/** How many maps a second were made of late. */
public final class FrameRate {
  private static final double SPAN = 2000;

  private final Deque<Double> times = new ArrayDeque<>();

  /**
   * A map is done.
   *
   * @param now the time in milliseconds
   * @return maps a second over the last two seconds; 0 at the first
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
