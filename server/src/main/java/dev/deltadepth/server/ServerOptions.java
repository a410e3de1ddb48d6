package dev.deltadepth.server;

import java.util.Optional;

/**
 * Where and for whom the server is there.
 *
 * @param host the address it binds to
 * @param port the port; 0 for any free one
 * @param token what clients of the API have to know, or nothing
 * @param limits what requests may take
 */
public record ServerOptions(String host, int port, Optional<String> token, Limits limits) {

  /** Loopback, port 8080, for everybody there. */
  public static ServerOptions defaults() {
    return new ServerOptions("127.0.0.1", 8080, Optional.empty(), Limits.defaults());
  }

  /** The same on another address and port. */
  public ServerOptions withAddress(String address, int number) {
    return new ServerOptions(address, number, token, limits);
  }

  /** The same for those who know the token. */
  public ServerOptions withToken(String secret) {
    return new ServerOptions(host, port, Optional.of(secret), limits);
  }

  /** The same with other limits. */
  public ServerOptions withLimits(Limits other) {
    return new ServerOptions(host, port, token, other);
  }
}
