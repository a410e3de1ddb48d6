package dev.deltadepth.io;

import dev.deltadepth.core.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads pictures of the kinds in {@link PictureKind}, of which HEIC, AVIF, JPEG 2000 and EXR need a
 * {@link PictureReader}; writes PNG and JPEG.
 *
 * <p>Pictures are read upright (their EXIF orientation is applied) and in 8-bit sRGB: deeper
 * samples are rounded, grey is repeated, CMYK and other colour spaces are converted, and
 * transparent pixels are blended with white. The first frame of GIF and the largest page of TIFF
 * count; of camera raw, its largest preview.
 */
public final class ImageFiles {

  /** Pictures with more pixels are refused unless the caller sets another limit: 100 million. */
  public static final long DEFAULT_MAX_PIXELS = 100_000_000L;

  private static final long LARGEST_FILE = 1L << 30;

  /** Not listed in folders, where such files usually hold depth. */
  private static final Set<PictureKind> ONLY_BY_NAME = EnumSet.of(PictureKind.EXR, PictureKind.HDR);

  private ImageFiles() {}

  /** The extensions, in lower case and without the dot, of files that are found in folders. */
  public static List<String> extensions() {
    return Arrays.stream(PictureKind.values())
        .filter(ImageFiles::isListed)
        .flatMap(kind -> kind.extensions().stream())
        .toList();
  }

  private static boolean isListed(PictureKind kind) {
    return !kind.extensions().isEmpty()
        && !ONLY_BY_NAME.contains(kind)
        && (!ImageDecoder.FOREIGN.contains(kind) || PictureReader.of(kind).isPresent());
  }

  /** Whether a file's extension is one of {@link #extensions()}; the file is not opened. */
  public static boolean isImage(Path file) {
    return isListed(kind(file));
  }

  /**
   * The kind of picture by a file's extension, whether or not it can be read here; the file is not
   * opened.
   */
  public static PictureKind kind(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    // A name that begins with a dot is hidden: a leftover, or metadata of some system.
    return name.lastIndexOf('.') < 1 || name.startsWith(".")
        ? PictureKind.UNKNOWN
        : PictureKind.ofExtension(name.substring(name.lastIndexOf('.') + 1));
  }

  /**
   * Reads a picture of at most {@link #DEFAULT_MAX_PIXELS} pixels.
   *
   * @throws FileException if the file is missing, a folder, empty, cut off, too large or not a
   *     picture
   */
  public static RgbImage read(Path file) {
    return read(file, DEFAULT_MAX_PIXELS);
  }

  /**
   * Reads a picture.
   *
   * @param maxPixels the most pixels it may have; its header is checked before pixels are decoded
   * @throws FileException if the file is missing, a folder, empty, cut off, too large or not a
   *     picture
   */
  public static RgbImage read(Path file, long maxPixels) {
    return read(content(file), file.toString(), maxPixels);
  }

  /**
   * Reads a picture from the content of a file, of at most {@link #DEFAULT_MAX_PIXELS} pixels.
   *
   * @param name what to call it in messages
   * @throws FileException if it is empty, cut off, too large or not a picture
   */
  public static RgbImage read(byte[] content, String name) {
    return read(content, name, DEFAULT_MAX_PIXELS);
  }

  /**
   * Reads a picture from the content of a file.
   *
   * @param name what to call it in messages
   * @param maxPixels the most pixels it may have
   * @throws FileException if it is empty, cut off, too large or not a picture
   */
  public static RgbImage read(byte[] content, String name, long maxPixels) {
    return picture(content, name, PictureLimits.strict(maxPixels)).image();
  }

  /**
   * Reads a picture from the content of a file, with what is to be said of it.
   *
   * @param name what to call it in messages
   * @param limits on its size
   * @throws FileException if it is empty, cut off, too large or not a picture
   */
  public static Picture picture(byte[] content, String name, PictureLimits limits) {
    if (content.length == 0) {
      throw new FileException(name + " is empty: copy or export it again");
    }
    return ImageDecoder.picture(content, name, limits);
  }

  /**
   * Reads a picture from a stream, of at most {@link #DEFAULT_MAX_PIXELS} pixels. The stream is
   * read to its end and stays open.
   *
   * @param name what to call it in messages
   * @throws FileException if the stream fails, or holds more than 1 GB, nothing, part of a picture,
   *     a picture that is too large, or something else
   */
  public static RgbImage read(InputStream in, String name) {
    byte[] content;
    try {
      content = in.readNBytes((int) LARGEST_FILE + 1);
    } catch (IOException e) {
      throw new FileException("cannot read " + name + ": " + Messages.of(e), e);
    }
    if (content.length > LARGEST_FILE) {
      throw new FileException(name + " is larger than 1 GB: make a smaller copy");
    }
    return read(content, name);
  }

  /**
   * Reads a picture as stored, without applying its EXIF orientation, for data that is aligned with
   * the stored pixels. It has at most {@link #DEFAULT_MAX_PIXELS} pixels.
   *
   * @throws FileException if the file is missing, a folder, empty, cut off, too large or not a
   *     picture
   */
  public static RgbImage readAsStored(Path file) {
    return AwtImages.rgb(asStored(file));
  }

  /**
   * The texts of a PNG by keyword; none of another picture.
   *
   * @throws FileException if the file is missing, a folder or too large
   */
  public static Map<String, String> texts(Path file) {
    return PngChunks.texts(content(file));
  }

  /**
   * The picture as decoded, with its own samples, as {@link #readAsStored} reads it.
   *
   * @throws FileException as {@link #readAsStored}
   */
  public static BufferedImage asStored(Path file) {
    return ImageDecoder.decode(content(file), file.toString(), PictureLimits.DEFAULT).image();
  }

  /**
   * The size of a picture as stored; nothing is decoded.
   *
   * @throws FileException if the file is missing or not a picture
   */
  public static ImageSize size(Path file) {
    return ImageDecoder.size(content(file), file.toString());
  }

  private static FileException tooLarge(Path file) {
    return new FileException(file + " is larger than 1 GB: make a smaller copy");
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes((int) LARGEST_FILE + 1);
    }
  }

  /**
   * The content of a picture's file, for {@link #read(byte[], String)}.
   *
   * @throws FileException if the file is missing, a folder, a pipe, a device, protected or larger
   *     than 1 GB
   */
  public static byte[] content(Path file) {
    RegularFile.require(file);
    try {
      long size = Files.size(file);
      if (size > LARGEST_FILE) {
        throw tooLarge(file);
      }
      if (size > 0) {
        return Files.readAllBytes(file);
      }
      // What is open already, as standard input, has no size and may have no end.
      byte[] content = start(file);
      if (content.length > LARGEST_FILE) {
        throw tooLarge(file);
      }
      return content;
    } catch (IOException e) {
      throw FileException.unreadable(file, e);
    }
  }

  /**
   * Writes a picture as PNG; the file appears complete or not at all.
   *
   * @throws FileException if it cannot be written
   */
  public static void writePng(RgbImage image, Path file) {
    AtomicFile.write(file, out -> ImageEncoder.png(AwtImages.buffered(image), out));
  }

  /**
   * Writes a picture as JPEG; the file appears complete or not at all.
   *
   * @param quality 0 (smallest) to 1 (best)
   * @throws FileException if it cannot be written
   * @throws IllegalArgumentException if the quality is outside 0..1
   */
  public static void writeJpeg(RgbImage image, Path file, float quality) {
    requireQuality(quality);
    AtomicFile.write(file, out -> ImageEncoder.jpeg(AwtImages.buffered(image), quality, out));
  }

  /**
   * Encodes a picture as JPEG.
   *
   * @param quality 0 (smallest) to 1 (best)
   * @throws IllegalArgumentException if the quality is outside 0..1
   */
  public static byte[] jpeg(RgbImage image, float quality) {
    requireQuality(quality);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageEncoder.jpeg(AwtImages.buffered(image), quality, out);
    } catch (IOException e) {
      throw new FileException("cannot encode the picture: " + Messages.of(e), e);
    }
    return out.toByteArray();
  }

  /** Encodes a picture as PNG. */
  public static byte[] png(RgbImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageEncoder.png(AwtImages.buffered(image), out);
    } catch (IOException e) {
      throw new FileException("cannot encode the picture: " + Messages.of(e), e);
    }
    return out.toByteArray();
  }

  private static void requireQuality(float quality) {
    if (!(quality >= 0 && quality <= 1)) {
      throw new IllegalArgumentException(
          "the JPEG quality must be between 0 and 1, not " + quality);
    }
  }
}
