package dev.deltadepth.io;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngMetadataReader;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import dev.deltadepth.core.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * How a stored picture is turned upright: the values 1 to 8 of EXIF's tag 0x0112.
 *
 * @param value 1 upright; 2 mirrored left to right; 3 upside down; 4 mirrored top to bottom; 5 to 8
 *     stored with rows and columns exchanged
 */
public record Orientation(int value) {

  static final Orientation UPRIGHT = new Orientation(1);

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it is outside 1..8
   */
  public Orientation {
    if (value < 1 || value > 8) {
      throw new IllegalArgumentException("an orientation is 1 to 8, not " + value);
    }
  }

  /** The orientation that a file states; upright if it states none or an invalid one. */
  static Orientation of(byte[] content, PictureKind kind) {
    try {
      return of(metadata(content, kind));
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      // The metadata is damaged, but the picture could be decoded: use it as stored.
      return UPRIGHT;
    }
  }

  static Orientation of(Metadata metadata) {
    for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
      Integer value = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      if (value != null && value >= 1 && value <= 8) {
        return new Orientation(value);
      }
    }
    return UPRIGHT;
  }

  private static Metadata metadata(byte[] content, PictureKind kind)
      throws ImageProcessingException, IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(content);
    return switch (kind) {
      case JPEG -> JpegMetadataReader.readMetadata(in, List.of(new ExifReader()));
      case PNG -> PngMetadataReader.readMetadata(in);
      case TIFF -> TiffMetadataReader.readMetadata(in);
      case WEBP -> WebpMetadataReader.readMetadata(in);
      default -> new Metadata();
    };
  }

  /** Turns a stored picture upright. */
  public RgbImage upright(RgbImage stored) {
    if (value == 1) {
      return stored;
    }
    boolean exchanged = value >= 5;
    int width = exchanged ? stored.height() : stored.width();
    int height = exchanged ? stored.width() : stored.height();
    // Where the upright picture's first pixel is stored, and the step to the next.
    boolean fromRight = value == 2 || value == 3 || value == 7 || value == 8;
    boolean fromBottom = value == 3 || value == 4 || value == 6 || value == 7;
    int stepX = fromRight ? -3 : 3;
    int stepY = (fromBottom ? -3 : 3) * stored.width();
    int start =
        (fromRight ? (stored.width() - 1) * 3 : 0)
            + (fromBottom ? (stored.height() - 1) * stored.width() * 3 : 0);
    int alongRow = exchanged ? stepY : stepX;
    int alongColumn = exchanged ? stepX : stepY;
    byte[] in = stored.data();
    byte[] out = new byte[in.length];
    int o = 0;
    for (int y = 0; y < height; y++) {
      int i = start + y * alongColumn;
      for (int x = 0; x < width; x++, i += alongRow, o += 3) {
        out[o] = in[i];
        out[o + 1] = in[i + 1];
        out[o + 2] = in[i + 2];
      }
    }
    return new RgbImage(width, height, out);
  }
}
