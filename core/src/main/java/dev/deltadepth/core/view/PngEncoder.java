package dev.deltadepth.core.view;

import dev.deltadepth.core.ByteArray;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG files (ISO/IEC 15948) row by row: 16-bit greyscale or 8-bit RGB. For systems whose own
 * encoder writes nothing but 8 bits with an alpha channel, and wants the whole picture in memory.
 * Rows are stored as differences from the row above.
 */
public final class PngEncoder {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte UP = 2;
  private static final int GREY = 0;
  private static final int RGB = 2;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final byte[] packed = new byte[1 << 16];
  private final byte[] above;
  private final byte[] filtered;
  private final ByteArray bytes;

  private PngEncoder(int width, int height, int bits, int colour, int pixelBytes) {
    bytes = new ByteArray(width * height / 2);
    above = new byte[width * pixelBytes];
    filtered = new byte[above.length + 1];
    filtered[0] = UP;
    bytes.write(SIGNATURE, SIGNATURE.length);
    byte[] header = new byte[13];
    writeInt(width, header, 0);
    writeInt(height, header, 4);
    header[8] = (byte) bits;
    header[9] = (byte) colour;
    chunk("IHDR", header, header.length);
  }

  /** A file of 16-bit greyscale: two bytes a pixel, the higher first. */
  public static PngEncoder grey16(int width, int height) {
    return new PngEncoder(width, height, 16, GREY, 2);
  }

  /** A file of 8-bit RGB: three bytes a pixel. */
  public static PngEncoder rgb(int width, int height) {
    return new PngEncoder(width, height, 8, RGB, 3);
  }

  /**
   * A map as a file of 16-bit greyscale.
   *
   * @param grey {@code height * width} values, row-major
   */
  public static byte[] grey16(int width, int height, char[] grey) {
    PngEncoder encoder = grey16(width, height);
    for (int y = 0; y < height; y++) {
      encoder.row(Arrays.copyOfRange(grey, y * width, (y + 1) * width));
    }
    return encoder.file();
  }

  /** A picture as a file. */
  public static byte[] rgb(RgbImage image) {
    PngEncoder encoder = rgb(image.width(), image.height());
    byte[] row = new byte[image.width() * 3];
    for (int y = 0; y < image.height(); y++) {
      System.arraycopy(image.data(), y * row.length, row, 0, row.length);
      encoder.row(row);
    }
    return encoder.file();
  }

  /**
   * Adds the next row.
   *
   * @param row all its bytes, two or three a pixel; may be used again afterwards
   */
  public void row(byte[] row) {
    for (int i = 0; i < above.length; i++) {
      filtered[i + 1] = (byte) (row[i] - above[i]);
    }
    System.arraycopy(row, 0, above, 0, above.length);
    deflater.setInput(filtered);
    while (!deflater.needsInput()) {
      pixels(deflater.deflate(packed));
    }
  }

  /**
   * Adds the next row of 16-bit greyscale.
   *
   * @param grey a value for each column
   */
  public void row(char[] grey) {
    byte[] row = new byte[2 * grey.length];
    for (int x = 0; x < grey.length; x++) {
      row[2 * x] = (byte) (grey[x] >> 8);
      row[2 * x + 1] = (byte) grey[x];
    }
    row(row);
  }

  /** The file, once as many rows have been added as the picture has. */
  public byte[] file() {
    deflater.finish();
    while (!deflater.finished()) {
      pixels(deflater.deflate(packed));
    }
    deflater.end();
    chunk("IEND", new byte[0], 0);
    return bytes.toArray();
  }

  private void pixels(int length) {
    if (length > 0) {
      chunk("IDAT", packed, length);
    }
  }

  private void chunk(String type, byte[] data, int length) {
    byte[] four = new byte[4];
    writeInt(length, four, 0);
    bytes.write(four, 4);
    byte[] name = new byte[4];
    for (int i = 0; i < name.length; i++) {
      name[i] = (byte) type.charAt(i);
    }
    bytes.write(name, 4);
    bytes.write(data, length);
    CRC32 sum = new CRC32();
    sum.update(name, 0, 4);
    sum.update(data, 0, length);
    writeInt((int) sum.getValue(), four, 0);
    bytes.write(four, 4);
  }

  private static void writeInt(int value, byte[] out, int at) {
    for (int i = 0; i < 4; i++) {
      out[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }
}
