package dev.deltadepth.datasets;

import dev.deltadepth.io.ImageFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Frames as exported by ScanNet's own reader (Dai et al., CVPR 2017): a folder per scan with {@code
 * color/0.jpg} and {@code depth/0.png}, 16-bit PNG in millimetres. Depths are smaller than pictures
 * (640x480 and 1296x968) and show the same view. A file {@code scannet_val_sampled_list_800_1.txt}
 * beside the scans, Marigold's (Ke et al., CVPR 2024) choice of 800 frames with {@code picture
 * depth} per line, restricts the set to these.
 */
final class ScanNet {
  private static final double STEPS_A_METRE = 1000;
  private static final String LIST = "scannet_val_sampled_list_800_1.txt";

  private ScanNet() {}

  static boolean isAt(Path folder) {
    return !Listing.scenes(folder, ScanNet::isScan).isEmpty();
  }

  /**
   * Lists a scan, or a folder of them.
   *
   * @throws DatasetException if files are missing
   */
  static DataSet open(Path folder, DataSetFormat format) {
    Path list = folder.resolve(LIST);
    List<Sample> samples = new ArrayList<>();
    if (Files.isRegularFile(list)) {
      Listing.lines(list).forEach(line -> samples.add(listed(line, list)));
    } else {
      Listing.scenes(folder, ScanNet::isScan).forEach(scan -> samples.addAll(scan(scan)));
    }
    return format.dataSet(samples);
  }

  private static boolean isScan(Path folder) {
    return Files.isDirectory(folder.resolve("color")) && Files.isDirectory(folder.resolve("depth"));
  }

  private static Sample listed(String line, Path list) {
    String[] files = line.split("\\s+");
    if (files.length < 2) {
      throw new DatasetException(
          list + " has the line '" + line + "', which is not a picture and a depth: copy it again");
    }
    return sample(
        Listing.stem(files[0].replace("/color/", "/")),
        list.resolveSibling(files[0]),
        list.resolveSibling(files[1]));
  }

  private static List<Sample> scan(Path scan) {
    String name = Listing.name(scan);
    return Listing.images(scan.resolve("color")).entrySet().stream()
        // Frames are numbered without leading zeros.
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Path> frame) -> frame.getKey().length())
                .thenComparing(Map.Entry::getKey))
        .map(
            frame ->
                sample(
                        name + "/" + frame.getKey(),
                        frame.getValue(),
                        scan.resolve("depth").resolve(frame.getKey() + ".png"))
                    .in(name))
        .toList();
  }

  private static Sample sample(String id, Path picture, Path depth) {
    for (Path needed : List.of(picture, depth)) {
      if (!Files.isRegularFile(needed)) {
        throw new DatasetException(needed + " does not exist: export or copy the scan again");
      }
    }
    return Sample.of(
        id,
        picture.toString(),
        () -> ImageFiles.read(picture),
        () -> GreyDepth.metres(depth, STEPS_A_METRE));
  }
}
