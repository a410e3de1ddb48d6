package dev.deltadepth.io.map;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A map read from a file, by this program or another: NPY, NPZ, PFM, EXR, or grey PNG of 8 or 16
 * bits.
 *
 * @param map its kind is what the file says, else disparity; of a grey PNG without a description
 *     0..1
 * @param description what the file says about itself
 */
public record StoredMap(DepthMap map, Optional<MapDescription> description) {

  /** Longest sidecar that is read, in bytes. */
  private static final int LONGEST_SIDECAR = 1 << 20;

  /**
   * Reads a map; a description beside it serves where the file has none.
   *
   * @throws FileException if the file is missing, damaged, in colours or of another kind
   */
  public static StoredMap read(Path file) {
    byte[] start = start(file);
    if (begins(start, "PK\3\4")) {
      return NpzFile.read(file);
    }
    Optional<MapDescription> beside = beside(file);
    if (begins(start, "\u0093NUMPY")) {
      return of(NpyFile.read(file), beside, file);
    }
    if (begins(start, "Pf")) {
      DepthMap.Kind kind = beside.map(MapDescription::kind).orElse(DepthMap.Kind.DISPARITY);
      return new StoredMap(PfmFile.read(file, kind), beside);
    }
    if (begins(start, "v/1\1")) {
      return ExrFile.read(file);
    }
    if (begins(start, "\u0089PNG")) {
      Optional<MapDescription> own = description(file);
      return grey(GreyImage.read(file), own.isPresent() ? own : beside);
    }
    throw new FileException(
        file + " is not a depth map: expected NPY, NPZ, PFM, EXR or a grey PNG");
  }

  /** What a PNG says about itself, or what lies beside it. */
  public static Optional<MapDescription> description(Path png) {
    Optional<MapDescription> own =
        Optional.ofNullable(ImageFiles.texts(png).get(MapDescription.KEY))
            .flatMap(MapDescription::parse);
    return own.isPresent() ? own : beside(png);
  }

  private static Optional<MapDescription> beside(Path file) {
    Path sidecar = DepthWriter.sidecar(file);
    try {
      if (!Files.isRegularFile(sidecar) || Files.size(sidecar) > LONGEST_SIDECAR) {
        return Optional.empty();
      }
      return MapDescription.parse(new String(Files.readAllBytes(sidecar), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw FileException.unreadable(sidecar, e);
    }
  }

  private static byte[] start(Path file) {
    RegularFile.require(file);
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(8);
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  private static boolean begins(byte[] content, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    return content.length >= wanted.length
        && Arrays.equals(content, 0, wanted.length, wanted, 0, wanted.length);
  }

  /** An array [H, W], or one with further axes of length 1, as a map. */
  static StoredMap of(FloatArray array, Optional<MapDescription> description, Path file) {
    int[] sides = Arrays.stream(array.shape()).filter(side -> side != 1).toArray();
    int[] shape = array.shape();
    if (shape.length >= 2 && sides.length < 2) {
      sides = new int[] {shape[shape.length - 2], shape[shape.length - 1]};
    }
    if (sides.length != 2
        || sides[0] < 1
        || sides[1] < 1
        || (long) sides[0] * sides[1] != array.data().length) {
      throw new FileException(
          file + " has the shape " + Arrays.toString(shape) + ": a map has [height, width]");
    }
    DepthMap.Kind kind = description.map(MapDescription::kind).orElse(DepthMap.Kind.DISPARITY);
    return new StoredMap(new DepthMap(kind, sides[1], sides[0], array.data()), description);
  }

  private static StoredMap grey(GreyImage image, Optional<MapDescription> description) {
    Normalization range =
        description.flatMap(MapDescription::range).orElse(new Normalization(0, 1));
    boolean turned =
        description
            .filter(says -> says.kind() == DepthMap.Kind.DISPARITY && !says.nearIsLarge())
            .isPresent();
    int most = (1 << image.bits()) - 1;
    float[] values = new float[image.data().length];
    for (int i = 0; i < values.length; i++) {
      int grey = turned ? most - image.data()[i] : image.data()[i];
      values[i] = range.low() + (float) grey / most * (range.high() - range.low());
    }
    DepthMap.Kind kind = description.map(MapDescription::kind).orElse(DepthMap.Kind.DISPARITY);
    if (kind == DepthMap.Kind.METRES) {
      for (int i = 0; i < values.length; i++) {
        values[i] = image.data()[i] == 0 ? Float.NaN : values[i];
      }
    }
    return new StoredMap(new DepthMap(kind, image.width(), image.height(), values), description);
  }
}
