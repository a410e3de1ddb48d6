package dev.deltadepth.server;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.QuotedQualityCSV;

/** Chooses a map's form by the {@code Accept} header (RFC 9110, section 12.5.1). */
final class Accept {
  private Accept() {}

  /**
   * The form that the client likes best. What names no form, such as a browser's {@code text/html},
   * is passed over.
   *
   * @throws ServerException with 406 if nothing is accepted
   */
  static MapFormat choose(Optional<String> header) {
    if (header.isEmpty()) {
      return MapFormat.PNG;
    }
    QuotedQualityCSV accepted = new QuotedQualityCSV(QuotedQualityCSV.MOST_SPECIFIC_MIME_ORDERING);
    accepted.addValue(header.get());
    for (String range : accepted.getValues()) {
      String plain = range.toLowerCase(Locale.ROOT).replace(" ", "");
      for (MapFormat format : MapFormat.values()) {
        if (matches(plain, format.mediaType().replace(" ", ""))) {
          return format;
        }
      }
    }
    throw new ServerException(
        406,
        "none of the accepted types can be given: ask for image/png, image/png;depth=16,"
            + " application/x-npy, image/x-portable-floatmap or application/json");
  }

  private static boolean matches(String range, String type) {
    return range.equals(type)
        || range.equals("*/*")
        || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
  }
}
