package dev.deltadepth.datasets;

import dev.deltadepth.io.ImageFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The test pictures of NYU Depth V2 as picture files, in one folder per scene below {@code test}:
 * {@code rgb_00045.jpg} with {@code sync_depth_00045.png}, the layout of BTS (Lee et al., 2019) and
 * of most that came after, or {@code rgb_0001.png} with {@code depth_0001.png} and {@code
 * filled_0001.png}, that of Marigold (Ke et al., CVPR 2024). Depths are 16-bit PNG in millimetres.
 */
final class NyuFolder {
  private static final double STEPS_A_METRE = 1000;
  private static final String PICTURE = "rgb_";

  private NyuFolder() {}

  static boolean isAt(Path folder) {
    return !scenes(folder).isEmpty();
  }

  /**
   * Lists the folder.
   *
   * @param prefixes the ground truth's prefixes, where pictures have rgb_
   * @param count the number of pictures of a complete copy
   * @throws DatasetException if files are missing
   */
  static DataSet open(Path folder, DataSetFormat format, List<String> prefixes, int count) {
    List<Sample> samples = new ArrayList<>();
    for (Path scene : scenes(folder)) {
      Map<String, Path> files = Listing.images(scene);
      files.forEach(
          (stem, picture) -> {
            if (stem.startsWith(PICTURE)) {
              String number = stem.substring(PICTURE.length());
              Path truth =
                  prefixes.stream()
                      .flatMap(prefix -> Optional.ofNullable(files.get(prefix + number)).stream())
                      .findFirst()
                      .orElseThrow(() -> withoutTruth(picture, prefixes, number));
              samples.add(
                  Sample.of(
                      Listing.name(scene) + "/" + number,
                      picture.toString(),
                      () -> ImageFiles.read(picture),
                      () -> GreyDepth.metres(truth, STEPS_A_METRE)));
            }
          });
    }
    format.requireCount(samples, count, folder);
    return format.dataSet(samples);
  }

  private static DatasetException withoutTruth(Path picture, List<String> prefixes, String number) {
    return new DatasetException(
        picture
            + " has no "
            + String.join(" or ", prefixes.stream().map(prefix -> prefix + number).toList())
            + ".png beside it: copy the folder again");
  }

  private static List<Path> scenes(Path folder) {
    for (String name : List.of("test", "official_splits/test", "")) {
      List<Path> scenes =
          Listing.folders(folder.resolve(name)).stream().filter(NyuFolder::isScene).toList();
      if (!scenes.isEmpty()) {
        return scenes;
      }
    }
    return List.of();
  }

  private static boolean isScene(Path folder) {
    // This is called with any folder, even a disk's root with folders that only the system may
    // list.
    return Files.isReadable(folder)
        && Listing.images(folder).keySet().stream()
            .anyMatch(stem -> stem.matches("(sync_depth|depth|filled)_\\d+"));
  }
}
