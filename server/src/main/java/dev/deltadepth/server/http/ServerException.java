package dev.deltadepth.server.http;

import dev.deltadepth.core.DeltaException;

/**
 * A request is refused, with an HTTP status, or the server cannot start. The message says what is
 * wrong and what to do, on one line.
 */
public final class ServerException extends DeltaException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int retryAfter;

  /** The server cannot start. */
  public ServerException(String message) {
    this(500, message);
  }

  /** The server cannot start, because of what something below reported. */
  public ServerException(String message, Throwable cause) {
    super(message, cause);
    this.status = 500;
    this.retryAfter = 0;
  }

  /** A request is refused. */
  public ServerException(int status, String message) {
    this(status, message, 0);
  }

  /**
   * A request is refused for some time.
   *
   * @param retryAfter seconds after which it may be tried again; 0 if that is not known
   */
  public ServerException(int status, String message, int retryAfter) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** The HTTP status that the client gets. */
  public int status() {
    return status;
  }

  /** Seconds after which the request may be tried again; 0 if that is not known. */
  public int retryAfter() {
    return retryAfter;
  }
}
