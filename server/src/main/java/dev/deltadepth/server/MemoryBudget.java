package dev.deltadepth.server;

import dev.deltadepth.server.http.ServerException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that bodies and answers may use together, so that many large or slow requests are
 * refused before they fill the heap.
 */
final class MemoryBudget {
  private final long limit;
  private final AtomicLong held = new AtomicLong();

  MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** The bytes that are held now. */
  long held() {
    return held.get();
  }

  /** The most that may be held. */
  long limit() {
    return limit;
  }

  /** A request's share, nothing so far. */
  Share share() {
    return new Share();
  }

  /** What one request holds. */
  final class Share implements AutoCloseable {
    private long mine;
    private boolean closed;

    /**
     * Reserves more.
     *
     * @throws ServerException with 503 if the budget is used up
     */
    void take(long bytes) {
      take(bytes, 0);
    }

    /**
     * Makes it so much if it has less, which may be beyond the budget if nobody else holds
     * anything.
     *
     * @throws ServerException with 503 if others use up the budget
     */
    synchronized void needOrBeAlone(long bytes) {
      if (bytes > mine) {
        take(bytes - mine, bytes);
      }
    }

    private synchronized void take(long bytes, long alone) {
      if (closed) {
        return; // The request has ended; what still arrives is not kept.
      }
      if (held.addAndGet(bytes) > Math.max(limit, alone)) {
        held.addAndGet(-bytes);
        throw new ServerException(
            503, "the server is busy: its memory for photos and maps is used up; try again later");
      }
      mine += bytes;
    }

    /** Gives all of it back and takes so much instead: a photo has become a map. */
    synchronized void replace(long bytes) {
      held.addAndGet(-mine);
      mine = 0;
      take(bytes);
    }

    /** Gives all of it back for good. */
    @Override
    public synchronized void close() {
      held.addAndGet(-mine);
      mine = 0;
      closed = true;
    }
  }
}
