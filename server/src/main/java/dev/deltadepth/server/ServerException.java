package dev.deltadepth.server;

import dev.deltadepth.core.DeltaException;

/**
 * A request is refused, with an HTTP status, or the server cannot start. The message says what is
 * wrong and what to do, on one line.
 */
public final class ServerException extends DeltaException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /** The server cannot start. */
  public ServerException(String message) {
    this(500, message);
  }

  /** The server cannot start, because of what something below reported. */
  public ServerException(String message, Throwable cause) {
    super(message, cause);
    this.status = 500;
  }

  /** A request is refused. */
  ServerException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status that the client gets. */
  public int status() {
    return status;
  }
}
