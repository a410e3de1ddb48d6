package dev.deltadepth.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Security headers of every answer. Scripts, styles and workers are loaded from this server only;
 * pages may compile WebAssembly and create pictures, clips and the workers of its threads.
 */
final class SecurityHeaders implements HttpConfiguration.Customizer {
  private static final String CONTENT_SECURITY_POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self' 'wasm-unsafe-eval' blob:",
          "style-src 'self'",
          "img-src 'self' blob: data:",
          "media-src 'self' blob:",
          "font-src 'self'",
          "connect-src 'self'",
          "worker-src 'self' blob:",
          "manifest-src 'self'",
          "form-action 'self'",
          "base-uri 'none'",
          "frame-ancestors 'none'");

  @Override
  public Request customize(Request request, HttpFields.Mutable response) {
    addTo(response);
    return request;
  }

  static void addTo(HttpFields.Mutable response) {
    response.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    response.put(
        "Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=()");
    response.put("X-Content-Type-Options", "nosniff");
    response.put("Referrer-Policy", "no-referrer");
    response.put("Cross-Origin-Opener-Policy", "same-origin");
    response.put("Cross-Origin-Resource-Policy", "same-origin");
  }
}
