package dev.deltadepth.server;

import dev.deltadepth.server.http.ServerException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.QuotedQualityCSV;

/** Chooses a map's format by the {@code Accept} header (RFC 9110, section 12.5.1). */
final class Accept {
  private Accept() {}

  /**
   * The format that the client prefers. Types that name no format, such as a browser's {@code
   * text/html}, are ignored.
   *
   * @throws ServerException with 406 if no format is acceptable
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
        "none of the accepted types is available; choose from "
            + Arrays.stream(MapFormat.values())
                .map(MapFormat::mediaType)
                .collect(Collectors.joining(", ")));
  }

  private static boolean matches(String range, String type) {
    return range.equals(type)
        || range.equals("*/*")
        || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
  }
}
