package dev.deltadepth.server;

import dev.deltadepth.core.DeltaException;

/**
 * What the server cannot do: a request that is refused, with its HTTP status, or a server that
 * cannot start. The message says what is wrong and what to do, on one line.
 */
public final class ServerException extends DeltaException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /** A server that cannot start. */
  public ServerException(String message) {
    this(500, message);
  }

  /** A server that cannot start, with what something below reported. */
  public ServerException(String message, Throwable cause) {
    super(message, cause);
    this.status = 500;
  }

  /** A request that is refused. */
  ServerException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status that the client gets. */
  public int status() {
    return status;
  }
}
