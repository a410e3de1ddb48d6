package dev.deltadepth.server;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.server.http.Codings;
import dev.deltadepth.server.http.Query;
import dev.deltadepth.server.http.ServerException;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a client requests for its photo.
 *
 * @param format the format of the map
 * @param colours for {@link MapFormat#PNG}
 * @param size the shorter side of the network's input, in pixels; 0 for the model's native size
 * @param compressed whether the map is to be compressed
 */
record DepthQuery(MapFormat format, Colormap colours, int size, boolean compressed) {
  static final int SMALLEST = 32;
  static final int LARGEST = 2048;

  private static final Set<String> PARAMETERS = Set.of("format", "colormap", "size");

  /**
   * Reads a request: {@code format}, or else {@code Accept}; {@code colormap}; {@code size}.
   *
   * @throws ServerException with 400 for a value that is not allowed, 406 if no format is
   *     acceptable
   */
  static DepthQuery of(Context request) {
    Map<String, String> values = Query.of(request, PARAMETERS);
    MapFormat format = format(Optional.ofNullable(values.get("format")), request);
    return new DepthQuery(
        format,
        colours(values.getOrDefault("colormap", Colormap.names().get(0))),
        size(Optional.ofNullable(values.get("size"))),
        format == MapFormat.JSON
            && Codings.accepted(
                Optional.ofNullable(request.header("Accept-Encoding")), Codings.GZIP));
  }

  private static MapFormat format(Optional<String> wanted, Context request) {
    if (wanted.isEmpty()) {
      return Accept.choose(Optional.ofNullable(request.header("Accept")));
    }
    for (MapFormat format : MapFormat.values()) {
      if (format.label().equals(wanted.get())) {
        return format;
      }
    }
    throw new ServerException(
        400, "format must be one of " + String.join(", ", MapFormat.labels()));
  }

  private static Colormap colours(String name) {
    if (!Colormap.names().contains(name)) {
      throw new ServerException(
          400, "colormap must be one of " + String.join(", ", Colormap.names()));
    }
    return Colormap.named(name);
  }

  private static int size(Optional<String> text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (text.get().matches("\\d{1,5}")) {
      int size = Integer.parseInt(text.get());
      if (size >= SMALLEST && size <= LARGEST) {
        return size;
      }
    }
    throw new ServerException(
        400, "size must be an integer between " + SMALLEST + " and " + LARGEST);
  }
}
