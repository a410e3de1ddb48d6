package dev.deltadepth.server;

import dev.deltadepth.server.job.JobLimits;
import java.util.Optional;

/**
 * Where the server listens, and for whom.
 *
 * @param host the address to bind to
 * @param port the port; 0 for any free one
 * @param certificate for HTTPS; plain HTTP without one
 * @param token the secret that clients of the API must send, if any
 * @param limits of requests
 * @param jobs what videos may use
 */
public record ServerOptions(
    String host,
    int port,
    Optional<ServerCertificate> certificate,
    Optional<String> token,
    Limits limits,
    JobLimits jobs) {

  /**
   * Checks port and token.
   *
   * @throws IllegalArgumentException if the port is outside 0..65535, or the token is not one word
   *     of ASCII
   */
  public ServerOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("the port must be between 0 and 65535, not " + port);
    }
    if (token.isPresent() && !token.get().matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "a token must be one word of ASCII letters, digits and symbols");
    }
  }

  /** Plain HTTP on loopback, port 8080, without a token. */
  public static ServerOptions defaults() {
    return new ServerOptions(
        "127.0.0.1",
        8080,
        Optional.empty(),
        Optional.empty(),
        Limits.defaults(),
        JobLimits.defaults());
  }

  /** The same on another address and port. */
  public ServerOptions withAddress(String address, int number) {
    return new ServerOptions(address, number, certificate, token, limits, jobs);
  }

  /** The same over HTTPS. */
  public ServerOptions withCertificate(ServerCertificate shown) {
    return new ServerOptions(host, port, Optional.of(shown), token, limits, jobs);
  }

  /** The same with a token. */
  public ServerOptions withToken(String secret) {
    return new ServerOptions(host, port, certificate, Optional.of(secret), limits, jobs);
  }

  /** The same with other limits. */
  public ServerOptions withLimits(Limits other) {
    return new ServerOptions(host, port, certificate, token, other, jobs);
  }

  /** The same with other limits of videos. */
  public ServerOptions withJobs(JobLimits other) {
    return new ServerOptions(host, port, certificate, token, limits, other);
  }
}
