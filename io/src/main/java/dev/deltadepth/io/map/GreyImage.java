package dev.deltadepth.io.map;

import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageEncoder;
import dev.deltadepth.io.ImageFiles;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A picture of one channel with its values as stored, for depth and disparity in grey PNG files.
 *
 * <p>The array is not copied: do not write to it after handing it over.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param bits bits per value, 1 to 16
 * @param data {@code height * width} values, row-major, 0 to {@code 2^bits - 1}
 */
public record GreyImage(int width, int height, int bits, char[] data) {

  /**
   * Checks that the array fits the picture's size.
   *
   * @throws IllegalArgumentException if it does not, or the bits are outside 1..16
   */
  public GreyImage {
    if (width < 1 || height < 1 || data.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(
          data.length + " values do not make a " + width + "x" + height + " picture");
    }
    if (bits < 1 || bits > 16) {
      throw new IllegalArgumentException("a value needs 1 to 16 bits, not " + bits);
    }
  }

  /** The value at column x and row y. */
  public int value(int x, int y) {
    return data[y * width + x];
  }

  /**
   * Reads a grey picture without converting its values, of at most {@link
   * ImageFiles#DEFAULT_MAX_PIXELS} pixels.
   *
   * @throws FileException if the file cannot be read as a picture, or is not grey
   */
  public static GreyImage read(Path file) {
    BufferedImage image = ImageFiles.asStored(file);
    Raster raster = image.getRaster();
    int bits = raster.getSampleModel().getSampleSize(0);
    if (raster.getNumBands() != 1 || bits > 16 || isColourPalette(image)) {
      throw new FileException(file + " is not grey: a grey picture of up to 16 bits is needed");
    }
    int[] row = new int[image.getWidth()];
    char[] data = new char[image.getWidth() * image.getHeight()];
    for (int y = 0, o = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, image.getWidth(), 1, row);
      for (int value : row) {
        data[o++] = (char) value;
      }
    }
    return new GreyImage(image.getWidth(), image.getHeight(), bits, data);
  }

  /** Grey of 1, 2 and 4 bits has a palette as well, an even ramp. */
  private static boolean isColourPalette(BufferedImage image) {
    if (!(image.getColorModel() instanceof IndexColorModel palette)) {
      return false;
    }
    int last = palette.getMapSize() - 1;
    for (int i = 0; i <= last; i++) {
      int grey = last == 0 ? 0 : Math.round(255f * i / last);
      if (palette.getRGB(i) != (0xff000000 | grey * 0x010101)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes a picture as 16-bit grey PNG; the file appears complete or not at all.
   *
   * @throws FileException if it cannot be written
   */
  public static void write(GreyImage image, Path file) {
    AtomicFile.write(file, out -> image.writeTo(Map.of(), out));
  }

  /** Writes the picture as 16-bit grey PNG with texts by keyword to a stream. */
  void writeTo(Map<String, String> texts, OutputStream out) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    short[] to = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < to.length; i++) {
      to[i] = (short) data[i];
    }
    ImageEncoder.png(image, texts, out);
  }

  /** Whether the other one has the same values. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GreyImage that
        && width == that.width
        && height == that.height
        && bits == that.bits
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(width, height, bits) + Arrays.hashCode(data);
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "GreyImage[" + width + "x" + height + ", " + bits + " bits]";
  }
}
