package dev.deltadepth.server.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Gives each request an id, by which an answer, a line of the log and a stack trace are found
 * together: the client's own {@code X-Request-Id}, if it is a plain word, or a new one.
 */
public final class RequestId implements HttpConfiguration.Customizer {
  /** The header of requests and answers. */
  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = RequestId.class.getName();
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int BYTES = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  @Override
  public Request customize(Request request, HttpFields.Mutable response) {
    response.put(HEADER, of(request));
    return request;
  }

  /** The id of a request, which it gets now if it has none. */
  public static String of(Request request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String id) {
      return id;
    }
    String given = request.getHeaders().get(HEADER);
    String id = given != null && SANE.matcher(given).matches() ? given : random();
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
