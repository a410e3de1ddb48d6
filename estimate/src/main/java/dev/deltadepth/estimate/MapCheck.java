package dev.deltadepth.estimate;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.Upsampling;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.PictureLimits;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.io.map.MapDescription;
import dev.deltadepth.io.map.MapDescription.Origin;
import dev.deltadepth.io.map.StoredMap;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.runtime.TiledEstimator;
import dev.deltadepth.runtime.TiledEstimator.Tiling;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a file's map is the one that a model estimates from a photo. */
public final class MapCheck {

  /** Largest difference between maps of one photo, as a part of their range. */
  private static final double TOLERANCE = 0.03;

  private MapCheck() {}

  /**
   * What a check found.
   *
   * @param description what the map's file says
   * @param difference the largest to the map estimated again, as a part of its range
   * @param problem why map and photo do not belong together; empty if they do
   */
  public record Result(
      Optional<MapDescription> description, double difference, Optional<String> problem) {}

  /**
   * Checks a map.
   *
   * @param map in any format that {@link StoredMap} reads, or in colours
   * @param model the one that may have estimated it
   * @throws FileException if a file cannot be read, or the map does not say where it comes from
   */
  public static Result of(Path map, Path photo, ModelSource model) {
    Held held = Held.read(map);
    Origin origin =
        held.says()
            .flatMap(MapDescription::origin)
            .orElseThrow(() -> new FileException(map + " does not say where it comes from"));
    if (held.says().orElseThrow().kind() != DepthMap.Kind.DISPARITY) {
      throw new FileException(
          map + " is in metres: its calibration is not known, so only relative maps are checked");
    }
    byte[] content = ImageFiles.content(photo);
    if (!Sha256.of(content).equals(origin.photoSha256())) {
      return differs(held, "%s was estimated from another photo than %s".formatted(map, photo));
    }
    if (!Sha256.of(model.bytes()).equals(origin.modelSha256())) {
      return differs(
          held,
          "%s was estimated with the model %s (SHA-256 %.12s...), not with %s; name it with --model"
              .formatted(map, origin.model(), origin.modelSha256(), model));
    }
    // The photo may have been read at a part of its size.
    PictureLimits limits = new PictureLimits((long) held.width() * held.height(), true);
    RgbImage picture = ImageFiles.picture(content, photo.toString(), limits).image();
    DepthMap again = estimate(picture, origin, model);
    if (held.width() != again.width() || held.height() != again.height()) {
      return differs(
          held,
          String.format(
              Locale.ROOT,
              "%s has %dx%d pixels, but the photo's map has %dx%d",
              map,
              held.width(),
              held.height(),
              again.width(),
              again.height()));
    }
    double difference = held.difference(again);
    return difference <= TOLERANCE
        ? new Result(held.says(), difference, Optional.empty())
        : differs(
            held,
            String.format(
                Locale.ROOT,
                "%s is not the map of %s: estimated again, it differs by %.3f of its range",
                map,
                photo,
                difference));
  }

  private static Result differs(Held held, String problem) {
    return new Result(held.says(), Double.NaN, Optional.of(problem));
  }

  private static DepthMap estimate(RgbImage photo, Origin origin, ModelSource model) {
    Upsampling upsampling =
        Arrays.stream(Upsampling.values())
            .filter(kind -> kind.toString().equals(origin.upsampling()))
            .findFirst()
            .orElse(Upsampling.JOINT);
    int shorter = Math.max(1, Math.min(origin.networkWidth(), origin.networkHeight()));
    EstimatorOptions options =
        EstimatorOptions.defaults().withSize(shorter).withUpsampling(upsampling);
    try (DepthEstimator estimator = DepthEstimator.open(model, options)) {
      return new TiledEstimator(estimator, new Tiling(origin.tiles(), origin.wraps()))
          .estimate(photo);
    }
  }

  /**
   * What a file holds.
   *
   * @param map its values; empty in colours
   * @param colours its colours; empty if it has values
   */
  private record Held(
      Optional<DepthMap> map, Optional<RgbImage> colours, Optional<MapDescription> says) {

    static Held read(Path file) {
      try {
        StoredMap stored = StoredMap.read(file);
        return new Held(Optional.of(stored.map()), Optional.empty(), stored.description());
      } catch (FileException e) {
        Optional<MapDescription> says = StoredMap.description(file);
        if (says.flatMap(MapDescription::colours).isEmpty()) {
          throw e;
        }
        return new Held(Optional.empty(), Optional.of(ImageFiles.read(file)), says);
      }
    }

    int width() {
      return map.map(DepthMap::width).orElseGet(() -> colours.orElseThrow().width());
    }

    int height() {
      return map.map(DepthMap::height).orElseGet(() -> colours.orElseThrow().height());
    }

    /** The largest difference to another map, as a part of the range, or of a channel's. */
    double difference(DepthMap again) {
      MapDescription description = says.orElseThrow();
      Normalization range = description.range().orElse(Normalization.of(again));
      return map.isPresent()
          ? difference(map.get().data(), again.data(), range, description.range().isPresent())
          : difference(colours.orElseThrow(), again, range, description);
    }

    private static double difference(
        float[] values, float[] again, Normalization range, boolean cut) {
      double extent = Math.max(range.high() - range.low(), 1e-12);
      double most = 0;
      for (int i = 0; i < values.length; i++) {
        float wanted = cut ? Math.max(range.low(), Math.min(range.high(), again[i])) : again[i];
        most = Math.max(most, Math.abs(values[i] - wanted) / extent);
      }
      return most;
    }

    private static double difference(
        RgbImage found, DepthMap again, Normalization range, MapDescription description) {
      Colormap colours = Colormap.named(description.colours().orElseThrow());
      RgbImage wanted =
          (description.nearIsLarge() ? colours : colours.reversed()).apply(again, range);
      double most = 0;
      for (int i = 0; i < wanted.data().length; i++) {
        int one = found.data()[i] & 0xff;
        most = Math.max(most, Math.abs(one - (wanted.data()[i] & 0xff)) / 255.0);
      }
      return most;
    }
  }
}
