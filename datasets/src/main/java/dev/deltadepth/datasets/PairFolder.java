package dev.deltadepth.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.metrics.Crop;
import dev.deltadepth.metrics.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A folder of sets, each with a folder of pictures and a folder of ground truth whose files have
 * the pictures' stems. A file {@code eval.json} describes them:
 *
 * <pre>{@code
 * {"format": 1, "sets": [
 *   {"name": "rooms", "kind": "depth_mm16", "rgb": "rooms/rgb", "depth": "rooms/depth",
 *    "count": 20, "depth_cap_m": 10}]}
 * }</pre>
 *
 * <p>{@code kind} is one of {@link StoredDepth}; {@code depth} is omitted for unlabelled pictures;
 * {@code count}, if given, must be right, so that an incomplete copy is noticed; {@code
 * depth_cap_m} defaults to 10 and {@code crop}, the name of a {@link Crop}, to {@code none}; {@code
 * sequence} means that the pictures are the frames of one video, in the order of their names;
 * {@code licence} and {@code citation} may say where the pictures come from.
 */
final class PairFolder {
  private static final double DEFAULT_CAP_METRES = 10;

  private PairFolder() {}

  static boolean isAt(Path folder) {
    return Files.isRegularFile(folder.resolve("eval.json"));
  }

  /**
   * Lists a folder; reads no pictures.
   *
   * @throws DatasetException if the description is missing or invalid, or files are missing
   */
  static DataSet open(Path folder) {
    Path file = folder.resolve("eval.json");
    if (!isAt(folder)) {
      throw new DatasetException(
          folder + " has no eval.json: give a folder of evaluation data with this file");
    }
    JsonNode sets = parse(file).path("sets");
    if (!sets.isArray() || sets.isEmpty()) {
      throw new DatasetException(file + " lists no sets: see docs/evaluation.md");
    }
    List<SampleSet> read = new ArrayList<>();
    for (JsonNode set : sets) {
      read.add(set(folder, file, set));
    }
    return DataSet.of("pairs", read);
  }

  private static JsonNode parse(Path file) {
    try {
      JsonNode root = new ObjectMapper().readTree(file.toFile());
      if (root.path("format").asInt(0) != 1) {
        throw new DatasetException(file + " is not of format 1: correct it, or update Delta");
      }
      return root;
    } catch (IOException e) {
      throw new DatasetException(file + " is not valid JSON: copy it again", e);
    }
  }

  private static SampleSet set(Path folder, Path file, JsonNode node) {
    String name = text(node, "name", file);
    StoredDepth stored = StoredDepth.of(text(node, "kind", file), file.toString());
    SortedMap<String, Path> images = Listing.images(folder.resolve(text(node, "rgb", file)));
    SortedMap<String, Path> truths =
        stored.kind().labelled()
            ? Listing.images(folder.resolve(text(node, "depth", file)))
            : new TreeMap<>(images);
    int count = node.path("count").asInt(images.size());
    if (images.size() != count || images.isEmpty()) {
      throw new DatasetException(
          "the set "
              + name
              + " has "
              + images.size()
              + " pictures, but "
              + file
              + " says "
              + count
              + ": copy the folder again");
    }
    boolean frames = node.path("sequence").asBoolean(false);
    List<Sample> samples = new ArrayList<>();
    images.forEach(
        (stem, image) -> {
          Path truth = truths.get(stem);
          if (truth == null) {
            throw new DatasetException(
                image + " has no ground truth beside it: copy the folder again");
          }
          Sample sample = sample(stem, stored, image, truth);
          samples.add(frames ? sample.in(name) : sample);
        });
    Origin origin = new Origin(node.path("licence").asText(), node.path("citation").asText());
    return new SampleSet(name, stored.kind(), region(node, file), origin, samples);
  }

  private static Sample sample(String stem, StoredDepth stored, Path image, Path truth) {
    return stored.kind().labelled()
        ? Sample.of(
            stem,
            image.toString(),
            () -> ImageFiles.read(image),
            () -> GreyDepth.read(truth, stored))
        : Sample.unlabelled(stem, image.toString(), () -> ImageFiles.read(image));
  }

  private static Region region(JsonNode node, Path file) {
    JsonNode cap = node.path("depth_cap_m");
    double metres = cap.isNumber() ? cap.asDouble() : DEFAULT_CAP_METRES;
    Crop crop = crop(node.path("crop").asText("none"), file);
    try {
      return new Region(metres, crop);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(file + ": depth_cap_m must be above 0.001, not " + metres, e);
    }
  }

  private static String text(JsonNode node, String key, Path file) {
    JsonNode value = node.path(key);
    if (!value.isTextual() || value.asText().isEmpty()) {
      throw new DatasetException(file + " has a set without '" + key + "': add it");
    }
    return value.asText();
  }

  private static Crop crop(String name, Path file) {
    return Crop.named(name)
        .orElseThrow(
            () ->
                new DatasetException(
                    file
                        + ": unknown crop '"
                        + name
                        + "'; choose from "
                        + Arrays.stream(Crop.values())
                            .map(Crop::toString)
                            .collect(Collectors.joining(", "))));
  }
}
