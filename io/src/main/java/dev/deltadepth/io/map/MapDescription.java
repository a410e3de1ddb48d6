package dev.deltadepth.io.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file of a map says about itself: in a PNG's text, an NPZ's array or an EXR's attribute
 * called {@value #KEY}, or in a JSON file beside it.
 *
 * @param kind what the values mean
 * @param nearIsLarge whether larger values are nearer
 * @param range the values that the darkest and the brightest stand for; empty where the file holds
 *     the values themselves
 * @param colours the colour map's name; empty without colours
 * @param origin where the map comes from; empty if nobody said it
 */
public record MapDescription(
    DepthMap.Kind kind,
    boolean nearIsLarge,
    Optional<Normalization> range,
    Optional<String> colours,
    Optional<Origin> origin) {

  /** Under this name it lies in a file. */
  public static final String KEY = "delta";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Where a map comes from.
   *
   * @param software that wrote it, with its version
   * @param model its name
   * @param modelSha256 of the model's file, in hex
   * @param photoSha256 of the photo's file, in hex
   * @param networkWidth width of the network's input, in pixels
   * @param networkHeight height of the network's input, in pixels
   * @param upsampling how the network's map was brought to the photo's size
   * @param tiles across the photo's shorter side; 0 if it was not cut
   * @param wraps whether the photo's last column continues in its first
   */
  public record Origin(
      String software,
      String model,
      String modelSha256,
      String photoSha256,
      int networkWidth,
      int networkHeight,
      String upsampling,
      int tiles,
      boolean wraps) {}

  /** Of a map of a kind, whose values are stored unchanged. */
  public static MapDescription of(DepthMap.Kind kind, Optional<Origin> origin) {
    boolean nearIsLarge = kind == DepthMap.Kind.DISPARITY;
    return new MapDescription(kind, nearIsLarge, Optional.empty(), Optional.empty(), origin);
  }

  /** One sentence or two for people. */
  public String sentence() {
    StringBuilder text = new StringBuilder();
    text.append(
        switch (kind) {
          case DISPARITY -> "Relative disparity (inverse depth)";
          case METRES -> "Depth in metres";
          case RELATIVE_DEPTH -> "Depth in an unknown unit";
        });
    text.append(nearIsLarge ? ", larger is nearer" : ", larger is farther");
    range.ifPresent(
        ends ->
            text.append(
                String.format(
                    Locale.ROOT,
                    ": the darkest stands for %s, the brightest for %s",
                    kind == DepthMap.Kind.DISPARITY && !nearIsLarge ? ends.high() : ends.low(),
                    kind == DepthMap.Kind.DISPARITY && !nearIsLarge ? ends.low() : ends.high())));
    origin.ifPresent(
        from -> text.append(". Estimated from one photo with the model ").append(from.model()));
    return text.append('.').toString();
  }

  /** As one line of JSON. */
  public String json() {
    ObjectNode top = JSON.createObjectNode();
    top.put("kind", kind == DepthMap.Kind.DISPARITY ? "disparity" : "depth");
    top.put("unit", kind == DepthMap.Kind.METRES ? "metres" : "relative");
    top.put("nearer", nearIsLarge ? "larger" : "smaller");
    range.ifPresent(ends -> top.put("low", ends.low()).put("high", ends.high()));
    colours.ifPresent(name -> top.put("colours", name));
    origin.ifPresent(
        from -> {
          top.put("software", from.software());
          top.put("model", from.model());
          top.put("model_sha256", from.modelSha256());
          top.put("photo_sha256", from.photoSha256());
          top.putArray("network_size").add(from.networkWidth()).add(from.networkHeight());
          top.put("upsampling", from.upsampling());
          if (from.tiles() > 0) {
            top.put("tiles", from.tiles()).put("wraps", from.wraps());
          }
        });
    return top.toString();
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @return nothing if the text is not such a description
   */
  public static Optional<MapDescription> parse(String json) {
    try {
      JsonNode top = JSON.readTree(json);
      String kind = top.path("kind").asText();
      if (!kind.equals("disparity") && !kind.equals("depth")) {
        return Optional.empty();
      }
      return Optional.of(
          new MapDescription(
              kind(top),
              top.path("nearer").asText().equals("larger"),
              range(top),
              Optional.of(top.path("colours").asText()).filter(name -> !name.isEmpty()),
              origin(top)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static DepthMap.Kind kind(JsonNode top) {
    if (!top.path("kind").asText().equals("depth")) {
      return DepthMap.Kind.DISPARITY;
    }
    return top.path("unit").asText().equals("relative")
        ? DepthMap.Kind.RELATIVE_DEPTH
        : DepthMap.Kind.METRES;
  }

  private static Optional<Normalization> range(JsonNode top) {
    float low = (float) top.path("low").asDouble(Double.NaN);
    float high = (float) top.path("high").asDouble(Double.NaN);
    return Float.isFinite(low) && Float.isFinite(high) && low <= high
        ? Optional.of(new Normalization(low, high))
        : Optional.empty();
  }

  private static Optional<Origin> origin(JsonNode top) {
    if (!top.has("photo_sha256")) {
      return Optional.empty();
    }
    return Optional.of(
        new Origin(
            top.path("software").asText(),
            top.path("model").asText(),
            top.path("model_sha256").asText(),
            top.path("photo_sha256").asText(),
            top.path("network_size").path(0).asInt(),
            top.path("network_size").path(1).asInt(),
            top.path("upsampling").asText(),
            top.path("tiles").asInt(),
            top.path("wraps").asBoolean()));
  }
}
