package dev.deltadepth.server;

import dev.deltadepth.server.job.JobLimits;
import dev.deltadepth.server.log.LogFormat;
import dev.deltadepth.server.page.AndroidApp;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the server listens, and for whom.
 *
 * @param host the address to bind to
 * @param port the port; 0 for any free one
 * @param certificate for HTTPS; plain HTTP without one
 * @param token the secret that clients of the API must send, if any
 * @param names under which it is reached, besides its addresses: requests for another one are
 *     refused
 * @param origins of other sites whose pages may use it, such as {@code https://example.org}
 * @param limits of requests
 * @param jobs what videos may use
 * @param android the app that phones may install from it, if any
 * @param log how requests are written to standard output, if they are
 */
public record ServerOptions(
    String host,
    int port,
    Optional<ServerCertificate> certificate,
    Optional<String> token,
    List<String> names,
    List<String> origins,
    Limits limits,
    JobLimits jobs,
    Optional<AndroidApp> android,
    Optional<LogFormat> log) {
  private static final Pattern ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@\\s]+", Pattern.CASE_INSENSITIVE);

  /**
   * Checks port, token and origins.
   *
   * @throws IllegalArgumentException if the port is outside 0..65535, the token is not one word of
   *     ASCII, or an origin is none
   */
  public ServerOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("the port must be between 0 and 65535, not " + port);
    }
    if (token.isPresent() && !token.get().matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "a token must be one word of ASCII letters, digits and symbols");
    }
    names = List.copyOf(names);
    origins = List.copyOf(origins);
    for (String origin : origins) {
      if (!isOrigin(origin)) {
        throw new IllegalArgumentException(
            "an origin is a scheme, a host and maybe a port, as in https://example.org, not "
                + origin);
      }
    }
  }

  /** Whether a text is an origin (RFC 6454): scheme, host and maybe port, nothing more. */
  public static boolean isOrigin(String text) {
    return ORIGIN.matcher(text).matches();
  }

  /** Plain HTTP on loopback, port 8080, without a token. */
  public static ServerOptions defaults() {
    return new ServerOptions(
        "127.0.0.1",
        8080,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Limits.defaults(),
        JobLimits.defaults(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same on another address and port. */
  public ServerOptions withAddress(String address, int number) {
    return new ServerOptions(
        address, number, certificate, token, names, origins, limits, jobs, android, log);
  }

  /** The same over HTTPS. */
  public ServerOptions withCertificate(ServerCertificate shown) {
    return new ServerOptions(
        host, port, Optional.of(shown), token, names, origins, limits, jobs, android, log);
  }

  /** The same with a token. */
  public ServerOptions withToken(String secret) {
    return new ServerOptions(
        host, port, certificate, Optional.of(secret), names, origins, limits, jobs, android, log);
  }

  /** The same, reached under more names. */
  public ServerOptions withNames(List<String> more) {
    return new ServerOptions(
        host, port, certificate, token, more, origins, limits, jobs, android, log);
  }

  /** The same, for pages of other origins too. */
  public ServerOptions withOrigins(List<String> more) {
    return new ServerOptions(
        host, port, certificate, token, names, more, limits, jobs, android, log);
  }

  /** The same with other limits. */
  public ServerOptions withLimits(Limits other) {
    return new ServerOptions(
        host, port, certificate, token, names, origins, other, jobs, android, log);
  }

  /** The same with other limits of videos. */
  public ServerOptions withJobs(JobLimits other) {
    return new ServerOptions(
        host, port, certificate, token, names, origins, limits, other, android, log);
  }

  /** The same with an app for phones. */
  public ServerOptions withAndroid(AndroidApp app) {
    return new ServerOptions(
        host, port, certificate, token, names, origins, limits, jobs, Optional.of(app), log);
  }

  /** The same with a log of requests on standard output. */
  public ServerOptions withLog(LogFormat format) {
    return new ServerOptions(
        host, port, certificate, token, names, origins, limits, jobs, android, Optional.of(format));
  }
}
