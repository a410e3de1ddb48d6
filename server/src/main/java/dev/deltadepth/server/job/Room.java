package dev.deltadepth.server.job;

import dev.deltadepth.server.http.ServerException;

/** The bytes that the files of all jobs may take together. */
final class Room {
  private final long limit;
  private long taken;

  Room(long limit) {
    this.limit = limit;
  }

  /** The bytes that are taken now. */
  synchronized long taken() {
    return taken;
  }

  /**
   * A job's share, nothing so far.
   *
   * @param most bytes of the video that arrives
   */
  Share share(long most) {
    return new Share(most);
  }

  private synchronized boolean fits(long bytes) {
    return bytes <= 0 || taken + bytes <= limit;
  }

  private synchronized boolean add(long bytes) {
    if (!fits(bytes)) {
      return false;
    }
    taken += bytes;
    return true;
  }

  private static ServerException full() {
    return new ServerException(
        503, "the server's room for videos is used up: delete jobs, or try again later", 60);
  }

  /** What one job takes. */
  final class Share implements AutoCloseable {
    private final long most;
    private long mine;
    private boolean closed;

    private Share(long most) {
      this.most = most;
    }

    /**
     * Checks a length before anything arrives.
     *
     * @throws ServerException with 413 if it is too long, 503 if there is no room now
     */
    synchronized void require(long bytes) {
      if (mine + bytes > most) {
        throw new ServerException(
            413, "the video is longer than " + most + " bytes: send a part or a smaller copy");
      }
      if (!fits(bytes)) {
        throw full();
      }
    }

    /**
     * Takes more for a video that arrives.
     *
     * @throws ServerException with 413 if it is too long, 503 if there is no room
     */
    synchronized void take(long bytes) {
      if (closed) {
        return; // What still arrives is not kept.
      }
      require(bytes);
      if (!add(bytes)) {
        throw full();
      }
      mine += bytes;
    }

    /**
     * Says how much it takes by now.
     *
     * @throws ServerException with 503 if there is no room for it; what is there is counted
     */
    synchronized void replace(long bytes) {
      if (closed) {
        return;
      }
      if (!add(bytes - mine)) {
        throw full();
      }
      mine = bytes;
    }

    /** Gives all of it back. */
    @Override
    public synchronized void close() {
      add(-mine);
      mine = 0;
      closed = true;
    }
  }
}
