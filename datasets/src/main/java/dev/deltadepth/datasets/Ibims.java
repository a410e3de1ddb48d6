package dev.deltadepth.datasets;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Struct;

/**
 * iBims-1 (Koch et al., ECCV Workshops 2018), named by its {@code imagelist.txt}, in either of the
 * ways it is distributed: {@code ibims1_core_mat}, a MATLAB file per picture whose struct {@code
 * data} holds {@code rgb}, {@code depth} in metres, {@code mask_invalid} and {@code mask_transp};
 * or {@code ibims1_core_raw}, folders of these names with PNG files, depth in 16 bits, the largest
 * of which is 50 metres. Whatever their names say, the masks are 0 at pixels that do not count:
 * invalid ones, and those behind glass.
 */
final class Ibims {
  private static final String LIST = "imagelist.txt";
  private static final double STEPS_A_METRE = 65535 / 50.0;

  private Ibims() {}

  static boolean isAt(Path folder) {
    return Files.isRegularFile(root(folder).resolve(LIST));
  }

  /**
   * Lists the folder.
   *
   * @throws DatasetException if files are missing
   */
  static DataSet open(Path folder, DataSetFormat format) {
    Path root = root(folder);
    List<Sample> samples = new ArrayList<>();
    for (String name : Listing.lines(root.resolve(LIST))) {
      samples.add(
          Files.isDirectory(root.resolve("rgb"))
              ? ofPictures(root, name)
              : ofMat(root.resolve(name + ".mat"), name));
    }
    return format.dataSet(samples);
  }

  private static Path root(Path folder) {
    return List.of("ibims1_core_mat", "ibims1_core_raw").stream()
        .map(folder::resolve)
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(folder);
  }

  private static Sample ofPictures(Path root, String name) {
    Path picture = file(root, "rgb", name);
    Path depth = file(root, "depth", name);
    List<Path> masks = List.of(file(root, "mask_invalid", name), file(root, "mask_transp", name));
    return Sample.of(
        name,
        picture.toString(),
        () -> ImageFiles.read(picture),
        () -> {
          DepthMap map = GreyDepth.metres(depth, STEPS_A_METRE);
          for (Path mask : masks) {
            char[] counts = GreyImage.read(mask).data();
            requireSize(counts.length, map, mask);
            for (int i = 0; i < counts.length; i++) {
              map.data()[i] = counts[i] == 0 ? Float.NaN : map.data()[i];
            }
          }
          return map;
        });
  }

  private static Path file(Path root, String part, String name) {
    return required(root.resolve(part).resolve(name + ".png"));
  }

  private static Path required(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(file + " does not exist: unpack the archive again");
    }
    return file;
  }

  private static void requireSize(int count, DepthMap map, Path file) {
    if (count != map.data().length) {
      throw new DatasetException(
          file + " differs in size from the depth: unpack the archive again");
    }
  }

  private static Sample ofMat(Path file, String name) {
    required(file);
    return Sample.of(name, file.toString(), () -> image(file), () -> truth(file));
  }

  private static RgbImage image(Path file) {
    Matrix rgb = matrix(file, "rgb");
    int[] shape = rgb.getDimensions();
    if (shape.length != 3 || shape[2] != 3) {
      throw new DatasetException(
          file + " has rgb of " + Arrays.toString(shape) + ", not [H, W, 3]: unpack it again");
    }
    int height = shape[0];
    int width = shape[1];
    byte[] data = new byte[3 * width * height];
    for (int i = 0; i < data.length; i++) {
      int pixel = i % (width * height);
      int place = pixel % height * width + pixel / height;
      data[3 * place + i / (width * height)] = (byte) rgb.getInt(i);
    }
    return new RgbImage(width, height, data);
  }

  /** MATLAB's matrices lie column by column. */
  private static DepthMap truth(Path file) {
    Matrix depth = matrix(file, "depth");
    List<Matrix> masks = List.of(matrix(file, "mask_invalid"), matrix(file, "mask_transp"));
    int height = depth.getNumRows();
    int width = depth.getNumCols();
    float[] values = new float[width * height];
    DepthMap map = new DepthMap(DepthMap.Kind.METRES, width, height, values);
    masks.forEach(mask -> requireSize(mask.getNumElements(), map, file));
    for (int i = 0; i < values.length; i++) {
      int pixel = i;
      boolean counts = masks.stream().allMatch(mask -> mask.getDouble(pixel) != 0);
      float metres = depth.getFloat(i);
      values[i % height * width + i / height] = counts && metres > 0 ? metres : Float.NaN;
    }
    return map;
  }

  private static Matrix matrix(Path file, String field) {
    MatFile content = MatFiles.read(file);
    try {
      Struct data = content.getStruct("data");
      return data.getMatrix(field);
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new DatasetException(file + " has no data." + field + ": unpack the archive again", e);
    }
  }
}
