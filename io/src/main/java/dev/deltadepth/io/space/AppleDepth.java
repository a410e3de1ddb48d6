package dev.deltadepth.io.space;

import com.drew.metadata.Metadata;
import com.drew.metadata.xmp.XmpReader;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.PhoneJpeg;
import dev.deltadepth.core.space.StoredDepth;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.PictureKind;
import dev.deltadepth.io.PictureReader;
import java.util.Map;
import java.util.Optional;

/**
 * The depth in Apple's portrait photos: an auxiliary picture of a HEIC file, or a further picture
 * behind a JPEG. Its metadata has the kind, {@code disparity} in 1/m or {@code depth} in metres,
 * and the values of black and white.
 */
final class AppleDepth {

  private AppleDepth() {}

  /**
   * Reads it.
   *
   * @param orientation of the photo by EXIF, in which a JPEG's depth is stored; HEIC says it itself
   * @return upright: metres if it is measured, else disparity; empty if there is none
   * @throws FileException if it is damaged
   */
  static Optional<DepthMap> read(byte[] content, String name, int orientation) {
    PictureKind kind = PictureKind.of(content, name);
    if (kind == PictureKind.HEIC) {
      return PictureReader.of(kind)
          .flatMap(reader -> reader.depth(content, kind, name))
          .map(stored -> map(stored.grey(), properties(stored.metadata()), name));
    }
    if (kind != PictureKind.JPEG) {
      return Optional.empty();
    }
    for (byte[] picture : PhoneDepth.named(name, () -> PhoneJpeg.pictures(content))) {
      Map<String, String> properties = PhoneDepth.properties(PhoneDepth.metadata(picture));
      if (new StoredDepth(properties).isApples()) {
        RgbImage grey = ImageFiles.read(picture, "the depth in " + name);
        return Optional.of(StoredDepth.upright(map(grey, properties, name), orientation));
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> properties(String xmp) {
    Metadata metadata = new Metadata();
    new XmpReader().extract(xmp, metadata);
    return PhoneDepth.properties(metadata);
  }

  private static DepthMap map(RgbImage grey, Map<String, String> properties, String name) {
    return PhoneDepth.named(name, () -> new StoredDepth(properties).apples(grey));
  }
}
