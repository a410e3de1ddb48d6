package dev.deltadepth.io;

import dev.deltadepth.core.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads JPEG, PNG, WebP, BMP, TIFF and the first frame of GIF; writes PNG and JPEG.
 *
 * <p>Pictures are read upright (the EXIF orientation of JPEG, TIFF and WebP is applied) and in
 * 8-bit sRGB: 16-bit samples are rounded, grey is repeated, CMYK and other colour spaces are
 * converted, and transparent pixels are blended with white.
 */
public final class ImageFiles {

  /** Pictures with more pixels are refused unless the caller sets another limit: 100 million. */
  public static final long DEFAULT_MAX_PIXELS = 100_000_000L;

  private static final long LARGEST_FILE = 1L << 30;

  private static final List<String> EXTENSIONS =
      List.of("jpg", "jpeg", "jpe", "jfif", "png", "webp", "bmp", "tif", "tiff", "gif");

  private ImageFiles() {}

  /** The extensions, in lower case and without the dot, of files that can be read. */
  public static List<String> extensions() {
    return EXTENSIONS;
  }

  /** Whether a file's extension is one of {@link #extensions()}; the file is not opened. */
  public static boolean isImage(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    // A name that begins with a dot is hidden: a leftover, or metadata of some system.
    return !name.startsWith(".")
        && EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1))
        && name.indexOf('.') > 0;
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
    if (content.length == 0) {
      throw new FileException(name + " is empty: copy or export it again");
    }
    return ImageDecoder.rgb(content, name, maxPixels);
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
    return AwtImages.rgb(
        ImageDecoder.decode(content(file), file.toString(), DEFAULT_MAX_PIXELS).image());
  }

  /**
   * The size of a picture as stored; nothing is decoded.
   *
   * @throws FileException if the file is missing or not a picture
   */
  public static ImageSize size(Path file) {
    return ImageDecoder.size(content(file), file.toString());
  }

  /**
   * The content of a picture's file, for {@link #read(byte[], String)}.
   *
   * @throws FileException if the file is missing, a folder, protected or larger than 1 GB
   */
  public static byte[] content(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new FileException(file + " is larger than 1 GB: make a smaller copy");
      }
      return Files.readAllBytes(file);
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
