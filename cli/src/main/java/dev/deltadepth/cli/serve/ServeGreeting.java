package dev.deltadepth.cli.serve;

import dev.deltadepth.server.ServerCertificate;
import dev.deltadepth.server.ServerOptions;
import dev.deltadepth.server.page.QrCode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a server says when it is there: its addresses, and what its operator should know.
 *
 * @param port the one it listens on
 * @param app whether it serves the web app
 */
public record ServeGreeting(
    ServeAddresses addresses, ServerOptions options, int port, boolean app) {

  public void print(PrintWriter out) {
    // What is not a terminal may be a log, which is no place for a secret.
    boolean terminal = Boolean.getBoolean("delta.terminal");
    List<String> origins = addresses.hosts().stream().map(this::origin).toList();
    for (String origin : origins) {
      out.println("delta: serving " + origin + (terminal ? fragment() : ""));
    }
    String first = origins.get(0);
    out.println("delta: API description: " + first + "api");
    if (options.android().isPresent()) {
      out.println("delta: the app for Android: " + first + "android");
    }
    if (!app) {
      out.println(
          """
          delta: the web app is missing, because it was built without npm and Node.js 18 or newer; \
          install them and run 'delta serve' again\
          """);
    }
    if (!addresses.local()) {
      warn(out, first);
      if (terminal) {
        out.print(QrCode.of(first + fragment()).lines());
      }
    }
    out.flush();
  }

  private String origin(String host) {
    String scheme = options.certificate().isPresent() ? "https://" : "http://";
    return scheme + ServeAddresses.inUrl(host) + ":" + port + "/";
  }

  /** Browsers send no fragment anywhere: the app takes the token from it. */
  private String fragment() {
    return options
        .token()
        .map(secret -> "#token=" + URLEncoder.encode(secret, StandardCharsets.UTF_8))
        .orElse("");
  }

  private void warn(PrintWriter out, String first) {
    if (options.token().isEmpty()) {
      out.println("delta: anyone on the network can use this server; --token requires a secret");
    }
    if (options.certificate().isEmpty()) {
      out.println("delta: phones give the camera to HTTPS pages only; --tls serves HTTPS");
    } else if (options.certificate().filter(ServerCertificate::isGenerated).isPresent()) {
      out.println(
          "delta: Delta made the certificate itself, so browsers warn; installing %scertificate.crt on a phone stops that"
              .formatted(first));
    }
  }
}
