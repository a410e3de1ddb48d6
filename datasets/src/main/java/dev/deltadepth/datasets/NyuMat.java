package dev.deltadepth.datasets;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import us.hebi.matlab.mat.types.Matrix;

/**
 * NYU Depth V2 as Silberman et al. (ECCV 2012) distribute it: {@code nyu_depth_v2_labeled.mat} with
 * 1449 pictures and {@code splits.mat} with the official test indices, {@code testNdxs}, from 1.
 *
 * <p>The large file is MATLAB 7.3, that is HDF5, in which MATLAB's axes are reversed: {@code
 * images} uint8 [N, 3, 640, 480], {@code depths} and {@code rawDepths} float32 [N, 640, 480], so a
 * picture is stored column by column. Only the slice of one picture is read at a time.
 */
final class NyuMat {
  /** Bytes below which a file holds no pictures, and jhdf may search it for long. */
  private static final int SMALLEST = 256;

  private static final String FILE = "nyu_depth_v2_labeled.mat";

  private final Path path;
  private final Dataset images;
  private final Dataset depths;
  private final int width;
  private final int height;

  /** NYU's have 640x480. */
  private static final int MOST_PIXELS = 1 << 22;

  /** The file has 2.8 GB; one of fewer bytes than this is a test's, or its start alone. */
  private static final long SMALL = 64L << 20;

  private NyuMat(Path path, Dataset images, Dataset depths) {
    this.path = path;
    this.images = images;
    this.depths = depths;
    int[] shape = images.getDimensions();
    int[] truth = depths.getDimensions();
    if (shape.length != 4
        || shape[1] != 3
        || !Arrays.equals(truth, new int[] {shape[0], shape[2], shape[3]})) {
      throw new DatasetException(
          path
              + " has images of "
              + Arrays.toString(shape)
              + " and depths of "
              + Arrays.toString(truth)
              + ", not [N, 3, W, H] and [N, W, H]: download it again");
    }
    width = shape[2];
    height = shape[3];
    if ((long) width * height > MOST_PIXELS) {
      throw new DatasetException(
          path + " has pictures of " + width + " x " + height + " pixels: download it again");
    }
  }

  static boolean isAt(Path path) {
    return Listing.name(path).equals(FILE) || Files.isRegularFile(path.resolve(FILE));
  }

  /**
   * Opens the file, given by its own path or its folder.
   *
   * @param depths which ground truth: {@code rawDepths} as measured, {@code depths} with its holes
   *     filled
   * @throws DatasetException if a file is missing or of another format
   */
  static DataSet open(Path path, DataSetFormat format, String depths) {
    Path file = Files.isDirectory(path) ? path.resolve(FILE) : path;
    int[] indices = indices(file.resolveSibling("splits.mat"));
    HdfFile opened = hdf(file);
    try {
      NyuMat nyu = new NyuMat(file, array(opened, "images", file), array(opened, depths, file));
      return DataSet.of(format.name(), List.of(nyu.set(format, indices)), opened::close);
    } catch (DatasetException e) {
      opened.close();
      throw e;
    } catch (RuntimeException e) {
      // If its index is damaged or cut off, jhdf fails in several ways.
      opened.close();
      throw unreadable(file, e);
    }
  }

  private static DatasetException unreadable(Path file, Exception cause) {
    return new DatasetException(
        file + " is not HDF5 (MATLAB 7.3), or is cut off: download it again", cause);
  }

  private static HdfFile hdf(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(file + " does not exist: download it from NYU's project page");
    }
    try {
      if (Files.size(file) < SMALLEST) {
        throw unreadable(file, new HdfException("only " + Files.size(file) + " bytes"));
      }
      // In memory, where a length beyond the end is an error before anything is allocated.
      return Files.size(file) < SMALL
          ? HdfFile.fromBytes(Files.readAllBytes(file))
          : new HdfFile(file);
    } catch (IOException
        | HdfException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | BufferUnderflowException e) {
      throw unreadable(file, e);
    }
  }

  private static Dataset array(HdfFile opened, String name, Path file) {
    if (opened.getChild(name) instanceof Dataset array) {
      return array;
    }
    throw new DatasetException(file + " has no array '" + name + "': download it again");
  }

  /** The indices of the test pictures, from 1. */
  private static int[] indices(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(
          file + " does not exist: put NYU's official split beside the pictures");
    }
    try {
      Matrix matrix = MatFiles.read(file).getMatrix("testNdxs");
      int[] indices = new int[matrix.getNumElements()];
      Arrays.setAll(indices, matrix::getInt);
      return indices;
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new DatasetException(file + " has no array 'testNdxs': use NYU's own splits.mat", e);
    }
  }

  private SampleSet set(DataSetFormat format, int[] indices) {
    int count = images.getDimensions()[0];
    List<Sample> samples = new ArrayList<>();
    for (int index : indices) {
      if (index < 1 || index > count) {
        throw new DatasetException(
            path
                + " holds "
                + count
                + " pictures, but the split names "
                + index
                + ": download both");
      }
      samples.add(
          Sample.of(
              String.format(Locale.ROOT, "%04d", index),
              path + ", picture " + index,
              () -> image(index - 1),
              () -> depth(index - 1)));
    }
    return format.set(format.name(), samples);
  }

  private RgbImage image(int index) {
    int[] shape = {1, 3, width, height};
    // jhdf has no unsigned bytes: it returns int.
    if (!(slice(images, index, shape) instanceof int[][][][] slice)) {
      throw new DatasetException(path + " has images that are not uint8: download it again");
    }
    byte[] data = new byte[3 * width * height];
    for (int c = 0; c < 3; c++) {
      for (int x = 0; x < width; x++) {
        for (int y = 0; y < height; y++) {
          data[(y * width + x) * 3 + c] = (byte) slice[0][c][x][y];
        }
      }
    }
    return new RgbImage(width, height, data);
  }

  private DepthMap depth(int index) {
    if (!(slice(depths, index, new int[] {1, width, height}) instanceof float[][][] slice)) {
      throw new DatasetException(path + " has depths that are not float32: download it again");
    }
    float[] data = new float[width * height];
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        data[y * width + x] = slice[0][x][y] > 0 ? slice[0][x][y] : Float.NaN;
      }
    }
    return new DepthMap(DepthMap.Kind.METRES, width, height, data);
  }

  private Object slice(Dataset array, int index, int[] shape) {
    long[] offset = new long[shape.length];
    offset[0] = index;
    try {
      return array.getData(offset, shape);
    } catch (RuntimeException e) {
      // Beyond the end of a file that is cut off, jhdf fails in several ways.
      throw new DatasetException(
          path + " is damaged or cut off at picture " + (index + 1) + ": download it again", e);
    }
  }
}
