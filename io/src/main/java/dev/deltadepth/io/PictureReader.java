package dev.deltadepth.io;

import dev.deltadepth.core.RgbImage;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Reads pictures that this module alone cannot. Implementations are found by {@link ServiceLoader};
 * the module {@code video} has one.
 */
public interface PictureReader {

  /** Whether it reads a kind. */
  boolean reads(PictureKind kind);

  /**
   * Reads a picture: upright, in 8-bit sRGB, transparent pixels blended with white.
   *
   * @param kind of the content, one that it reads
   * @param name what to call it in messages
   * @param limits on its size
   * @throws FileException if it is cut off, damaged, too large or uses something unsupported
   */
  Picture read(byte[] content, PictureKind kind, String name, PictureLimits limits);

  /**
   * Reads the depth that a phone stored beside a picture.
   *
   * @return empty if there is none, or this reader knows none of this kind
   * @throws FileException if it is cut off, damaged or uses something unsupported
   */
  default Optional<StoredDepth> depth(byte[] content, PictureKind kind, String name) {
    return Optional.empty();
  }

  /**
   * A picture of depth, not yet a map.
   *
   * @param grey upright; its values say nothing without the metadata
   * @param metadata what they mean, in XMP
   */
  record StoredDepth(RgbImage grey, String metadata) {}

  /** The first one on the class path that reads a kind. */
  static Optional<PictureReader> of(PictureKind kind) {
    return Readers.ALL.stream().filter(reader -> reader.reads(kind)).findFirst();
  }

  /** Looks once. */
  final class Readers {
    private static final List<PictureReader> ALL =
        ServiceLoader.load(PictureReader.class).stream().map(ServiceLoader.Provider::get).toList();

    private Readers() {}
  }
}
