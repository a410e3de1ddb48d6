package dev.deltadepth.server;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts the wrong tokens of each client, so that nobody can try them by the thousand: ten in a
 * row, and then one every six seconds.
 */
final class WrongTokens {
  private static final int MOST = 10;
  private static final long FORGIVEN = TimeUnit.SECONDS.toNanos(6);

  /** Clients that are remembered; others are forgotten, those with the oldest token first. */
  private static final int CLIENTS = 10_000;

  private final LongSupplier clock;

  /** When all of a client's wrong tokens will be forgiven. */
  private final Map<String, Long> forgiven = new LinkedHashMap<>();

  /**
   * Starts with none.
   *
   * @param clock in nanoseconds, such as {@link System#nanoTime}
   */
  WrongTokens(LongSupplier clock) {
    this.clock = clock;
  }

  /** The seconds for which a client has to wait; 0 if it may try a token now. */
  synchronized int wait(String client) {
    Long end = forgiven.get(client);
    if (end == null) {
      return 0;
    }
    long left = end - clock.getAsLong() - (MOST - 1) * FORGIVEN;
    return (int) Math.max(0, Math.ceil(left / 1e9));
  }

  /** A client has sent a wrong one. */
  synchronized void add(String client) {
    long now = clock.getAsLong();
    Long end = forgiven.remove(client);
    forgiven.put(client, FORGIVEN + (end == null || end - now < 0 ? now : end));
    if (forgiven.size() > CLIENTS) {
      Iterator<String> oldest = forgiven.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
