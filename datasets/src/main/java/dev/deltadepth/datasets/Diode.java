package dev.deltadepth.datasets;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.NpyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The validation part of DIODE (Vasiljevic et al., 2019): below {@code indoors} and {@code outdoor}
 * a folder per scene, in it a folder per scan, in it {@code NAME.png}, {@code NAME_depth.npy}
 * (float32 [H, W, 1], metres) and {@code NAME_depth_mask.npy} ([H, W], 1 where the depth is valid).
 */
final class Diode {
  private static final String INDOORS = "indoors";
  private static final String OUTDOOR = "outdoor";

  private Diode() {}

  static boolean isAt(Path folder) {
    Path root = root(folder);
    return Files.isDirectory(root.resolve(INDOORS)) || Files.isDirectory(root.resolve(OUTDOOR));
  }

  /**
   * Lists the folder, or only one of the two parts if only that was unpacked.
   *
   * @throws DatasetException if files are missing
   */
  static DataSet open(Path folder, DataSetFormat format, int indoors, int outdoor) {
    Path root = root(folder);
    List<SampleSet> sets = new ArrayList<>();
    if (Files.isDirectory(root.resolve(INDOORS))) {
      sets.add(set(root.resolve(INDOORS), format, "diode-indoors", indoors));
    }
    if (Files.isDirectory(root.resolve(OUTDOOR))) {
      sets.add(set(root.resolve(OUTDOOR), format, "diode-outdoor", outdoor));
    }
    return DataSet.of(format.name(), sets);
  }

  private static Path root(Path folder) {
    return Files.isDirectory(folder.resolve("val")) ? folder.resolve("val") : folder;
  }

  private static SampleSet set(Path folder, DataSetFormat format, String name, int count) {
    List<Sample> samples = new ArrayList<>();
    for (Path scene : Listing.folders(folder)) {
      for (Path scan : Listing.folders(scene)) {
        Listing.images(scan).forEach((stem, picture) -> samples.add(sample(stem, picture)));
      }
    }
    format.requireCount(samples, count, folder);
    return format.set(name, samples);
  }

  /** A picture's name says its scene, scan and part, so it is its own in the set. */
  private static Sample sample(String stem, Path picture) {
    Path depth = picture.resolveSibling(stem + "_depth.npy");
    Path mask = picture.resolveSibling(stem + "_depth_mask.npy");
    for (Path needed : List.of(depth, mask)) {
      if (!Files.isRegularFile(needed)) {
        throw new DatasetException(
            picture + " has no " + Listing.name(needed) + " beside it: unpack the archive again");
      }
    }
    return Sample.of(
        stem, picture.toString(), () -> ImageFiles.read(picture), () -> truth(depth, mask));
  }

  private static DepthMap truth(Path depthFile, Path maskFile) {
    FloatArray depth = NpyFile.read(depthFile);
    FloatArray mask = NpyFile.read(maskFile);
    int[] shape = depth.shape();
    boolean map = shape.length == 2 || (shape.length == 3 && shape[2] == 1);
    if (!map || mask.data().length != depth.data().length || mask.data().length == 0) {
      throw new DatasetException(
          depthFile
              + " has the shape "
              + Arrays.toString(shape)
              + " and its mask the shape "
              + Arrays.toString(mask.shape())
              + ", not [H, W, 1] and [H, W]: unpack the archive again");
    }
    float[] values = depth.data();
    for (int i = 0; i < values.length; i++) {
      if (mask.data()[i] == 0 || !(values[i] > 0)) {
        values[i] = Float.NaN;
      }
    }
    return new DepthMap(DepthMap.Kind.METRES, shape[1], shape[0], values);
  }
}
