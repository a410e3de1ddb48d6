package dev.deltadepth.server;

import java.util.Optional;

/**
 * Where and for whom the server is there.
 *
 * @param host the address it binds to
 * @param port the port; 0 for any free one
 * @param certificate for HTTPS; without one it is plain HTTP
 * @param token what clients of the API have to know, or nothing
 * @param limits what requests may take
 */
public record ServerOptions(
    String host,
    int port,
    Optional<ServerCertificate> certificate,
    Optional<String> token,
    Limits limits) {

  /**
   * Checks port and token.
   *
   * @throws IllegalArgumentException if the port is outside 0..65535, or the token not one word of
   *     ASCII
   */
  public ServerOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("a port lies between 0 and 65535, not at " + port);
    }
    if (token.isPresent() && !token.get().matches("[!-~]+")) {
      throw new IllegalArgumentException("a token is one word of ASCII letters, digits and signs");
    }
  }

  /** Plain HTTP on loopback, port 8080, for everybody there. */
  public static ServerOptions defaults() {
    return new ServerOptions(
        "127.0.0.1", 8080, Optional.empty(), Optional.empty(), Limits.defaults());
  }

  /** The same on another address and port. */
  public ServerOptions withAddress(String address, int number) {
    return new ServerOptions(address, number, certificate, token, limits);
  }

  /** The same by HTTPS. */
  public ServerOptions withCertificate(ServerCertificate shown) {
    return new ServerOptions(host, port, Optional.of(shown), token, limits);
  }

  /** The same for those who know the token. */
  public ServerOptions withToken(String secret) {
    return new ServerOptions(host, port, certificate, Optional.of(secret), limits);
  }

  /** The same with other limits. */
  public ServerOptions withLimits(Limits other) {
    return new ServerOptions(host, port, certificate, token, other);
  }
}
