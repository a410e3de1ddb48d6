package dev.deltadepth.io.space;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.core.space.Fit;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.MapDescription.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Calibrations kept as JSON, and the points they are made from as CSV or JSON. */
public final class CalibrationFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CalibrationFile() {}

  /**
   * A calibration and what estimated the map that it was made from. A network puts out another
   * scale and shift at another size, so it holds for that one only.
   *
   * @param calibration in metres
   * @param model its name; empty if nobody said it
   * @param modelSha256 of the model's file, in hex; empty if nobody said it
   * @param networkWidth width of the network's input, in pixels; 0 if nobody said it
   * @param networkHeight height of the network's input, in pixels; 0 if nobody said it
   * @param tiles across the photo's shorter side; 0 if it was not cut
   */
  public record Kept(
      Calibration calibration,
      String model,
      String modelSha256,
      int networkWidth,
      int networkHeight,
      int tiles) {

    /** What is different about a map to which it is applied, as far as it is known. */
    public Optional<String> difference(Origin map) {
      if (!modelSha256.isEmpty() && !modelSha256.equals(map.modelSha256())) {
        return Optional.of(
            model.equals(map.model())
                ? "it was made with another version of the model " + model
                : "it was made with the model " + model + ", not " + map.model());
      }
      if (networkWidth > 0
          && (networkWidth != map.networkWidth() || networkHeight != map.networkHeight())) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "it was made where the network saw %dx%d pixels, not %dx%d",
                networkWidth,
                networkHeight,
                map.networkWidth(),
                map.networkHeight()));
      }
      return networkWidth > 0 && tiles != map.tiles()
          ? Optional.of("it was made with --tiles " + tiles + ", not " + map.tiles())
          : Optional.empty();
    }
  }

  /**
   * Reads a calibration: {@code {"scale": 0.4, "shift": 0.1, "unit": "metres"}}, and what it was
   * made with if that is there.
   *
   * @throws FileException if the file cannot be read or is not one
   */
  public static Kept read(Path file) {
    JsonNode root = json(file);
    if (!root.path("scale").isNumber()
        || !root.path("shift").isNumber()
        || !root.path("unit").asText().equals("metres")) {
      throw new FileException(
          file
              + " is not a calibration: it needs the numbers \"scale\" and \"shift\", and \"unit\":"
              + " \"metres\", as --keep-calibration writes them");
    }
    try {
      JsonNode size = root.path("network_size");
      return new Kept(
          Calibration.metric(root.path("scale").asDouble(), root.path("shift").asDouble()),
          root.path("model").asText(),
          root.path("model_sha256").asText(),
          size.path(0).asInt(),
          size.path(1).asInt(),
          root.path("tiles").asInt());
    } catch (IllegalArgumentException e) {
      throw new FileException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a calibration; the file appears complete or not at all.
   *
   * @param calibration in metres
   * @param origin what estimated the map that it was made from
   * @throws FileException if it cannot be written
   */
  public static void write(Calibration calibration, Origin origin, Path file) {
    ObjectNode root = JSON.createObjectNode();
    root.put("scale", calibration.alignment().scale());
    root.put("shift", calibration.alignment().shift());
    root.put("unit", "metres");
    root.put("model", origin.model());
    root.put("model_sha256", origin.modelSha256());
    root.putArray("network_size").add(origin.networkWidth()).add(origin.networkHeight());
    root.put("tiles", origin.tiles());
    root.put("meaning", "metres = 1 / (scale * disparity + shift)");
    AtomicFile.write(
        file, out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root)));
  }

  /**
   * Fits a calibration to the points of a file.
   *
   * @param map disparity
   * @throws FileException if the file cannot be read, or its points do not fit the map; the message
   *     names the file and the point
   */
  public static Fit fit(DepthMap map, Path file) {
    List<Fit.Point> points = points(file);
    try {
      return Fit.of(map, points);
    } catch (IllegalArgumentException e) {
      throw new FileException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads points with known distances. CSV has lines of {@code x,y,metres} or {@code
   * x,y,metres,name}, with or without a line of titles; JSON a list of objects with these keys.
   * Columns and rows are counted in pixels of the upright photo from its left upper corner.
   *
   * @throws FileException if the file cannot be read, or a line or an object is not a point
   */
  public static List<Fit.Point> points(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".json") ? pointsOfJson(file) : pointsOfCsv(file);
  }

  private static List<Fit.Point> pointsOfJson(Path file) {
    JsonNode root = json(file);
    JsonNode list = root.isArray() ? root : root.path("points");
    if (!list.isArray()) {
      throw new FileException(
          file + " holds no list of points: [{\"x\": 10, \"y\": 20, \"metres\": 1.5}, ...]");
    }
    List<Fit.Point> points = new ArrayList<>();
    for (JsonNode point : list) {
      String what = "point " + (points.size() + 1);
      if (!point.path("x").isNumber()
          || !point.path("y").isNumber()
          || !point.path("metres").isNumber()) {
        throw new FileException(
            file + ": " + what + " needs the numbers \"x\", \"y\" and \"metres\"");
      }
      points.add(
          point(
              file,
              point.path("name").asText(what),
              point.path("x").asDouble(),
              point.path("y").asDouble(),
              point.path("metres").asDouble()));
    }
    return points;
  }

  private static List<Fit.Point> pointsOfCsv(Path file) {
    List<String> lines =
        new String(ImageFiles.content(file), StandardCharsets.UTF_8).lines().toList();
    List<Fit.Point> points = new ArrayList<>();
    boolean first = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replace("\uFEFF", "").strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] cells = cells(line);
      if (first && line.chars().noneMatch(Character::isDigit)) {
        first = false;
        continue;
      }
      first = false;
      try {
        points.add(
            point(
                file,
                cells.length > 3 && !cells[3].isBlank() ? cells[3].strip() : "line " + (i + 1),
                Double.parseDouble(cells[0]),
                Double.parseDouble(cells[1]),
                Double.parseDouble(cells[2])));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new FileException(
            file
                + ", line "
                + (i + 1)
                + ": a point is x,y,metres or x,y,metres,name, with a point in decimal numbers",
            e);
      }
    }
    return points;
  }

  /**
   * Where semicolons part the cells, as spreadsheets write in many countries, commas are decimal.
   */
  private static String[] cells(String line) {
    if (!line.contains(";")) {
      return line.split("\\s*[,\\t]\\s*", 4);
    }
    String[] cells = line.split("\\s*;\\s*", 4);
    for (int i = 0; i < Math.min(3, cells.length); i++) {
      cells[i] = cells[i].replace(',', '.');
    }
    return cells;
  }

  private static Fit.Point point(Path file, String name, double x, double y, double metres) {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new FileException(file + ": " + name + " has no place in the photo");
    }
    try {
      return new Fit.Point(name, (int) Math.floor(x), (int) Math.floor(y), metres);
    } catch (IllegalArgumentException e) {
      throw new FileException(file + ": " + e.getMessage(), e);
    }
  }

  private static JsonNode json(Path file) {
    try {
      return JSON.readTree(ImageFiles.content(file));
    } catch (JsonProcessingException e) {
      throw new FileException(
          file
              + " is not JSON (line "
              + e.getLocation().getLineNr()
              + "): correct it or make it again",
          e);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }
}
