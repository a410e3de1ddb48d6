package dev.deltadepth.server;

import dev.deltadepth.core.Colormap;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a client wants to know of its photo.
 *
 * @param format the form of the answer
 * @param colours for {@link MapFormat#PNG}
 * @param size the shorter side that the network sees, in pixels; 0 for the model's own
 */
record DepthQuery(MapFormat format, Colormap colours, int size) {
  static final int SMALLEST = 32;
  static final int LARGEST = 2048;

  private static final Set<String> PARAMETERS = Set.of("format", "colormap", "size");

  /**
   * The query of a request: {@code format}, or else {@code Accept}; {@code colormap}; {@code size}.
   *
   * @throws ServerException with 400 for a value that is not allowed, 406 where nothing is accepted
   */
  static DepthQuery of(Context request) {
    for (String name : request.queryParamMap().keySet()) {
      if (!PARAMETERS.contains(name)) {
        throw new ServerException(
            400, "there is no such parameter: choose from " + new TreeSet<>(PARAMETERS));
      }
    }
    return new DepthQuery(format(request), colours(request), size(request));
  }

  private static MapFormat format(Context request) {
    String wanted = request.queryParam("format");
    if (wanted == null) {
      return Accept.choose(Optional.ofNullable(request.header("Accept")));
    }
    for (MapFormat format : MapFormat.values()) {
      if (format.label().equals(wanted)) {
        return format;
      }
    }
    throw new ServerException(
        400, "format is one of " + String.join(", ", MapFormat.labels()) + ", nothing else");
  }

  private static Colormap colours(Context request) {
    String name = request.queryParam("colormap");
    if (name == null) {
      return Colormap.named(Colormap.names().get(0));
    }
    if (!Colormap.names().contains(name)) {
      throw new ServerException(
          400, "colormap is one of " + String.join(", ", Colormap.names()) + ", nothing else");
    }
    return Colormap.named(name);
  }

  private static int size(Context request) {
    String text = request.queryParam("size");
    if (text == null) {
      return 0;
    }
    if (text.matches("\\d{1,5}")) {
      int size = Integer.parseInt(text);
      if (size >= SMALLEST && size <= LARGEST) {
        return size;
      }
    }
    throw new ServerException(
        400, "size is a whole number of pixels from " + SMALLEST + " to " + LARGEST);
  }
}
