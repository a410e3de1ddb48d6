package dev.deltadepth.server;

import dev.deltadepth.server.http.ServerException;
import io.javalin.http.Context;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whom the server answers: requests under one of its own names, and pages of its own or of an
 * allowed origin. Otherwise a foreign page could use its reader's browser to reach a server that
 * only that machine reaches, by a name of its own (DNS rebinding) or by requests that it need not
 * read the answers of.
 *
 * <p>Source: Fetch standard (CORS protocol), Fetch Metadata Request Headers, RFC 6454 (origins),
 * RFC 6761 (localhost).
 */
final class Visitors {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
  private static final Pattern LOOPBACK = Pattern.compile("127\\.[0-9.]+|::1|0:0:0:0:0:0:0:1");

  /** Characters (RFC 1035, section 3.1); addresses have fewer. */
  private static final int LONGEST_NAME = 255;

  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

  private final boolean loopback;
  private final Set<String> names = new HashSet<>();
  private final Set<String> origins = new HashSet<>();

  Visitors(ServerOptions options) {
    String host = options.host().toLowerCase(Locale.ROOT);
    loopback = isLoopback(host);
    names.add(host);
    options.names().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    options.certificate().ifPresent(certificate -> names.addAll(certificate.names()));
    options.origins().forEach(origin -> origins.add(origin.toLowerCase(Locale.ROOT)));
  }

  /**
   * Checks a request and adds what browsers need to know about it.
   *
   * @throws ServerException with 421 if it is for another name, 403 if a foreign page asks for more
   *     than it may
   */
  void check(Context request) {
    String host = name(request.req().getServerName());
    if (!isOwn(host)) {
      throw new ServerException(
          421, "this server does not go by that name; its operator can allow it (--host-name)");
    }
    if (!origins.isEmpty()) {
      request.res().addHeader("Vary", "Origin");
    }
    Optional<String> origin = Optional.ofNullable(request.header("Origin"));
    if (origin.isPresent() && isAllowed(origin.get())) {
      request.header("Access-Control-Allow-Origin", origin.get());
      request.header(
          "Access-Control-Expose-Headers",
          "ETag, Location, Retry-After, Server-Timing, Content-Disposition, X-Request-Id");
      return;
    }
    if (HARMLESS.contains(request.req().getMethod())) {
      return;
    }
    boolean foreign =
        origin.isPresent()
            ? !isSame(origin.get(), Optional.ofNullable(request.header("Host")))
            : Set.of("cross-site", "same-site")
                .contains(String.valueOf(request.header("Sec-Fetch-Site")));
    if (foreign) {
      throw new ServerException(
          403, "pages of other origins may not send this; the operator can allow one (--cors)");
    }
  }

  /** Answers what a browser asks before it sends a page's request to another origin. */
  void preflight(Context request) {
    Optional<String> origin = Optional.ofNullable(request.header("Origin"));
    if (origin.isEmpty() || !isAllowed(origin.get())) {
      throw new ServerException(
          403, "pages of that origin may not use this server; the operator can allow it (--cors)");
    }
    request.header("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE");
    request.header(
        "Access-Control-Allow-Headers", "Authorization, Content-Type, Range, X-Request-Id");
    request.header("Access-Control-Max-Age", "600");
    if (request.header("Access-Control-Request-Private-Network") != null) {
      request.header("Access-Control-Allow-Private-Network", "true");
    }
    request.status(204);
  }

  /** Whether any other origin is allowed. */
  boolean hasOrigins() {
    return !origins.isEmpty();
  }

  /** Whether a request's own address means its sender's machine. */
  static boolean isLocal(Context request) {
    return isLoopback(name(request.req().getServerName()));
  }

  /** A name without the brackets of an address and the dot at the end. */
  private static String name(String host) {
    String plain = host.toLowerCase(Locale.ROOT);
    if (plain.startsWith("[") && plain.endsWith("]")) {
      return plain.substring(1, plain.length() - 1);
    }
    return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }

  /** Addresses cannot be made to lead elsewhere, as names can. */
  private boolean isOwn(String host) {
    return host.length() <= LONGEST_NAME
        && (names.contains(host)
            || isLoopback(host)
            || (!loopback && ADDRESS.matcher(host).matches())
            || names.stream().anyMatch(name -> name.startsWith("*.") && covers(name, host)));
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || LOOPBACK.matcher(host).matches();
  }

  /** A certificate's asterisk stands for one label. */
  private static boolean covers(String pattern, String host) {
    int dot = host.indexOf('.');
    return dot > 0 && host.substring(dot).equals(pattern.substring(1));
  }

  private boolean isAllowed(String origin) {
    return origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  /** The scheme does not count: something before the server may add or remove TLS. */
  private static boolean isSame(String origin, Optional<String> host) {
    int scheme = origin.indexOf("://");
    return scheme > 0
        && host.isPresent()
        && origin.substring(scheme + 3).equalsIgnoreCase(host.get());
  }
}
