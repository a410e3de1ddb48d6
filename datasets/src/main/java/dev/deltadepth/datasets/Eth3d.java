package dev.deltadepth.datasets;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.ImageSize;
import dev.deltadepth.io.map.RawFloatFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The high-resolution multi-view training scenes of ETH3D (Schoeps et al., CVPR 2017): a folder per
 * scene with {@code images/dslr_images/NAME.JPG} and {@code
 * ground_truth_depth/dslr_images/NAME.JPG}, which is not a JPEG file but the depths in metres as
 * float32, row by row, at the picture's size; infinity where there is none. Undistorted pictures
 * are read as well if there is ground truth for them ({@code dslr_images_undistorted} in both
 * places).
 */
final class Eth3d {
  private static final String DEPTH = "ground_truth_depth";

  private Eth3d() {}

  static boolean isAt(Path folder) {
    return !Listing.scenes(folder, Eth3d::isScene).isEmpty();
  }

  /**
   * Lists a scene, or a folder of them.
   *
   * @throws DatasetException if files are missing
   */
  static DataSet open(Path folder, DataSetFormat format) {
    List<Sample> samples = new ArrayList<>();
    for (Path scene : Listing.scenes(folder, Eth3d::isScene)) {
      for (Path depths : Listing.folders(scene.resolve(DEPTH))) {
        samples.addAll(samples(scene, Listing.name(depths)));
      }
    }
    return format.dataSet(samples);
  }

  private static boolean isScene(Path folder) {
    return Files.isDirectory(folder.resolve(DEPTH));
  }

  private static List<Sample> samples(Path scene, String part) {
    Path folder = scene.resolve("images").resolve(part);
    if (!Files.isDirectory(folder)) {
      throw new DatasetException(
          folder + " does not exist: unpack the pictures and the depths into one folder");
    }
    SortedMap<String, Path> depths = Listing.images(scene.resolve(DEPTH).resolve(part));
    SortedMap<String, Path> pictures = Listing.images(folder);
    if (!depths.keySet().equals(pictures.keySet())) {
      throw new DatasetException(
          scene
              + " has "
              + pictures.size()
              + " pictures and "
              + depths.size()
              + " depths of "
              + part
              + ", or their names differ: unpack both archives again");
    }
    List<Sample> samples = new ArrayList<>();
    pictures.forEach(
        (stem, picture) -> {
          Path depth = scene.resolve(DEPTH).resolve(part).resolve(Listing.name(picture));
          samples.add(
              Sample.of(
                  Listing.name(scene) + "/" + part + "/" + stem,
                  picture.toString(),
                  () -> ImageFiles.readAsStored(picture),
                  () -> truth(depth, picture)));
        });
    return samples;
  }

  private static DepthMap truth(Path depth, Path picture) {
    ImageSize size = ImageFiles.size(picture);
    float[] values = RawFloatFile.read(depth, size.width() * size.height());
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] > 0) || Float.isInfinite(values[i])) {
        values[i] = Float.NaN;
      }
    }
    return new DepthMap(DepthMap.Kind.METRES, size.width(), size.height(), values);
  }
}
