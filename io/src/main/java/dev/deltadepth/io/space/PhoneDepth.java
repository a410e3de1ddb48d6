package dev.deltadepth.io.space;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.xmp.XmpDirectory;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.space.StoredDepth;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The depth that a phone stored in a photo: Google's GDepth, Android's Dynamic Depth 1.0 and
 * Apple's ({@link StoredDepth}). Values of 16 bits are read as 8.
 */
public final class PhoneDepth {
  private static final String NEITHER =
      ": it holds no depth that a phone stored (GDepth, Dynamic Depth or Apple's, in a JPEG or HEIC)";

  private PhoneDepth() {}

  /**
   * Reads the depth of a photo.
   *
   * @return upright, in its own size and of the photo's shape: metres if the phone states a unit,
   *     else disparity
   * @throws FileException if the file cannot be read, or holds no depth or a damaged one
   */
  public static DepthMap read(Path photo) {
    return read(ImageFiles.content(photo), photo.toString())
        .orElseThrow(() -> new FileException(photo + NEITHER));
  }

  /**
   * Reads the depth from the content of a photo's file.
   *
   * @param name what to call it in messages
   * @return the same; empty if it holds none
   * @throws FileException if it is damaged
   */
  public static Optional<DepthMap> read(byte[] content, String name) {
    Metadata metadata = metadata(content);
    Optional<DepthMap> apple = AppleDepth.read(content, name, PhotoCamera.orientation(metadata));
    if (apple.isPresent()) {
      return apple;
    }
    StoredDepth stored = new StoredDepth(properties(metadata));
    return named(name, () -> stored.googlesPicture(content))
        .map(picture -> ImageFiles.read(picture, "the depth in " + name))
        .map(grey -> named(name, () -> stored.googles(grey)))
        .map(map -> StoredDepth.upright(map, PhotoCamera.orientation(metadata)));
  }

  /** What is damaged is said with the file's name. */
  static <T> T named(String name, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new FileException(name + ": " + e.getMessage(), e);
    }
  }

  /** A picture's metadata; none if it has none that can be read. */
  static Metadata metadata(byte[] content) {
    try {
      return ImageMetadataReader.readMetadata(new ByteArrayInputStream(content), content.length);
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      return new Metadata();
    }
  }

  /** Everything that is said in XMP, by its path. */
  static Map<String, String> properties(Metadata metadata) {
    Map<String, String> properties = new TreeMap<>();
    for (XmpDirectory directory : metadata.getDirectoriesOfType(XmpDirectory.class)) {
      properties.putAll(directory.getXmpProperties());
    }
    return properties;
  }
}
