package dev.deltadepth.datasets;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.space.PhoneDepth;
import dev.deltadepth.metrics.TruthKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Photos in which a phone stored depth ({@link PhoneDepth}). Those whose phone states a unit make
 * the set {@code phone-metres}, the others the set {@code phone}, whose disparity has none; photos
 * without depth are left out.
 */
final class PhonePhotos {
  /** So many photos of a folder are looked at to recognise it. */
  private static final int LOOKED_AT = 20;

  private PhonePhotos() {}

  static boolean isAt(Path folder) {
    return Files.isDirectory(folder)
        && Listing.images(folder).values().stream()
            .limit(LOOKED_AT)
            .anyMatch(photo -> depth(photo).isPresent());
  }

  /**
   * Lists a folder's photos.
   *
   * @throws DatasetException if a photo cannot be read, or its depth is damaged
   */
  static DataSet open(Path folder, DataSetFormat format) {
    List<Sample> metres = new ArrayList<>();
    List<Sample> relative = new ArrayList<>();
    for (Map.Entry<String, Path> photo : Listing.images(folder).entrySet()) {
      Path file = photo.getValue();
      Optional<DepthMap> depth = depth(file);
      if (depth.isPresent()) {
        boolean metric = depth.get().kind() == DepthMap.Kind.METRES;
        (metric ? metres : relative)
            .add(
                Sample.of(
                    photo.getKey(),
                    file.toString(),
                    () -> ImageFiles.read(file),
                    () -> PhoneDepth.read(file)));
      }
    }
    List<SampleSet> sets = new ArrayList<>();
    if (!metres.isEmpty() || relative.isEmpty()) {
      sets.add(format.set("phone-metres", metres));
    }
    if (!relative.isEmpty()) {
      sets.add(
          new SampleSet("phone", TruthKind.DISPARITY, format.region(), format.origin(), relative));
    }
    return DataSet.of(format.name(), sets);
  }

  private static Optional<DepthMap> depth(Path photo) {
    try {
      return PhoneDepth.read(ImageFiles.content(photo), photo.toString());
    } catch (FileException e) {
      throw new DatasetException("in the evaluation data: " + e.getMessage(), e);
    }
  }
}
