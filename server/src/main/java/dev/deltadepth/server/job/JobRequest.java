package dev.deltadepth.server.job;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.server.http.ServerException;
import dev.deltadepth.video.clip.ClipFormat;
import dev.deltadepth.video.clip.ClipOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a client requests for its video.
 *
 * @param size the shorter side of the network's input, in pixels; 0 for the model's native size
 */
record JobRequest(ClipFormat format, Colormap colours, int size, ClipOptions options) {
  static final List<String> PARAMETERS =
      List.of("colormap", "duration", "format", "fps", "range", "side", "size", "start", "steady");
  private static final double LONGEST = 604_800;

  /**
   * Reads the parameters of a request.
   *
   * @throws ServerException with 400 for one that is unknown, is given twice or has a value that is
   *     not allowed
   */
  static JobRequest of(Map<String, String> parameters) {
    Values values = new Values(parameters);
    ClipOptions usual = ClipOptions.defaults();
    boolean steady = values.choice("steady", List.of(true, false), String::valueOf).orElse(true);
    return new JobRequest(
        values.choice("format", formats(), ClipFormat::label).orElse(ClipFormat.DEPTH),
        values
            .choice(
                "colormap", Colormap.names().stream().map(Colormap::named).toList(), Colormap::name)
            .orElse(Colormap.named(Colormap.names().get(0))),
        values.whole("size", 32, 2048).orElse(0),
        new ClipOptions(
            values.decimal("start", 0, LONGEST).orElse(0.0),
            values.decimal("duration", 0.001, LONGEST),
            values.decimal("fps", 0.01, 1000),
            values.whole("side", 16, 16_384).orElse(0),
            steady ? usual.lookahead() : Optional.empty(),
            values
                .choice("range", List.of(ClipOptions.Range.values()), ClipOptions.Range::toString)
                .orElse(usual.range()),
            usual.fixed(),
            usual.sound(),
            usual.resume()));
  }

  /** Those that are one file. */
  static List<ClipFormat> formats() {
    return Arrays.stream(ClipFormat.values()).filter(format -> !format.isFolder()).toList();
  }

  /** The name of the result's file. */
  String fileName() {
    return format.label() + (format == ClipFormat.DEPTH16 ? ".mkv" : ".mp4");
  }

  /** The type of the result. */
  String mediaType() {
    return format == ClipFormat.DEPTH16 ? "video/x-matroska" : "video/mp4";
  }

  private static ServerException wrong(String message) {
    return new ServerException(400, message);
  }

  /** The values of parameters by their names. */
  private record Values(Map<String, String> all) {
    private Optional<String> text(String name) {
      return Optional.ofNullable(all.get(name));
    }

    <T> Optional<T> choice(String name, List<T> values, Function<T, String> label) {
      return text(name)
          .map(
              text ->
                  values.stream()
                      .filter(value -> label.apply(value).equals(text))
                      .findFirst()
                      .orElseThrow(
                          () ->
                              wrong(
                                  name
                                      + " must be one of "
                                      + String.join(", ", values.stream().map(label).toList()))));
    }

    Optional<Integer> whole(String name, int low, int high) {
      return text(name)
          .map(
              text -> {
                int value = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
                if (value < low || value > high) {
                  throw wrong(name + " must be an integer between " + low + " and " + high);
                }
                return value;
              });
    }

    Optional<Double> decimal(String name, double low, double high) {
      return text(name)
          .map(
              text -> {
                double value =
                    text.matches("\\d{1,6}(\\.\\d{1,6})?") ? Double.parseDouble(text) : -1;
                if (value < low || value > high) {
                  throw wrong(
                      name
                          + " must be a number between "
                          + plain(low)
                          + " and "
                          + plain(high)
                          + ", such as 2.5");
                }
                return value;
              });
    }

    private static String plain(double value) {
      return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
  }
}
