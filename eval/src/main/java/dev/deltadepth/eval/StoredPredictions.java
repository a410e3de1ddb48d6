package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.map.StoredMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Maps that some program wrote: {@code FOLDER/SET/ID.EXTENSION}, or {@code FOLDER/ID.EXTENSION} for
 * data of one set. Depth in metres becomes its inverse.
 */
public final class StoredPredictions implements Predictor {
  /** How the files may end; the first that exists is read. */
  private static final List<String> EXTENSIONS =
      List.of(".npy", ".npz", ".pfm", ".exr", ".depth.exr", ".png", ".depth16.png");

  private final Path folder;

  private StoredPredictions(Path folder) {
    this.folder = folder;
  }

  /**
   * The maps of a folder as a model in an evaluation, under the folder's name.
   *
   * @throws FileException if it is not a folder
   */
  public static Contestant of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new FileException(folder + " is not a folder of depth maps");
    }
    Path whole = folder.toAbsolutePath().normalize();
    return new Contestant(
        String.valueOf(whole.getFileName()), whole.toString(), new StoredPredictions(folder));
  }

  @Override
  public DepthMap predict(RgbImage image, String set, String id) {
    for (Path below : List.of(folder.resolve(set), folder)) {
      for (String extension : EXTENSIONS) {
        Path file = below.resolve(id + extension);
        if (Files.isRegularFile(file)) {
          return disparity(StoredMap.read(file).map());
        }
      }
    }
    throw new FileException(
        "%s has no map of %s/%s: expected %s.npy, .npz, .pfm, .exr or .png"
            .formatted(folder, set, id, folder.resolve(set).resolve(id)));
  }

  private static DepthMap disparity(DepthMap map) {
    if (map.kind() == Kind.DISPARITY) {
      return map;
    }
    float[] inverse = new float[map.data().length];
    for (int i = 0; i < inverse.length; i++) {
      float metres = map.data()[i];
      inverse[i] = metres > 0 && Float.isFinite(metres) ? 1 / metres : Float.NaN;
    }
    return new DepthMap(Kind.DISPARITY, map.width(), map.height(), inverse);
  }
}
