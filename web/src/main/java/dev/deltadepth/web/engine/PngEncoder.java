package dev.deltadepth.web.engine;

import dev.deltadepth.core.RgbImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG files (ISO/IEC 15948), because browsers only write 8 bits with an alpha channel:
 * 16-bit greyscale for maps, 8-bit RGB for images sent to a server. Rows are stored as differences
 * from the row above.
 */
final class PngEncoder {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte UP = 2;
  private static final int GREY = 0;
  private static final int RGB = 2;

  private PngEncoder() {}

  /**
   * A 16-bit greyscale image.
   *
   * @param grey {@code height * width} values, row-major
   */
  static byte[] grey16(int width, int height, char[] grey) {
    return file(
        width,
        height,
        16,
        GREY,
        2,
        (y, row) -> {
          for (int x = 0, i = y * width; x < width; x++, i++) {
            row[2 * x] = (byte) (grey[i] >> 8);
            row[2 * x + 1] = (byte) grey[i];
          }
        });
  }

  /** An 8-bit RGB image. */
  static byte[] rgb(RgbImage image) {
    int stride = image.width() * 3;
    return file(
        image.width(),
        image.height(),
        8,
        RGB,
        3,
        (y, row) -> System.arraycopy(image.data(), y * stride, row, 0, stride));
  }

  private interface Rows {
    void copy(int y, byte[] row);
  }

  private static byte[] file(
      int width, int height, int bits, int colour, int pixelBytes, Rows rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(width * height);
    out.write(SIGNATURE, 0, SIGNATURE.length);
    byte[] header = new byte[13];
    writeInt(width, header, 0);
    writeInt(height, header, 4);
    header[8] = (byte) bits;
    header[9] = (byte) colour;
    chunk(out, "IHDR", header, header.length);
    pixels(out, width * pixelBytes, height, rows);
    chunk(out, "IEND", new byte[0], 0);
    return out.toByteArray();
  }

  private static void pixels(ByteArrayOutputStream out, int stride, int height, Rows rows) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    byte[] row = new byte[stride];
    byte[] above = new byte[stride];
    byte[] filtered = new byte[stride + 1];
    byte[] packed = new byte[1 << 16];
    filtered[0] = UP;
    for (int y = 0; y < height; y++) {
      rows.copy(y, row);
      for (int i = 0; i < stride; i++) {
        filtered[i + 1] = (byte) (row[i] - above[i]);
      }
      byte[] spare = above;
      above = row;
      row = spare;
      deflater.setInput(filtered);
      while (!deflater.needsInput()) {
        data(out, packed, deflater.deflate(packed));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      data(out, packed, deflater.deflate(packed));
    }
    deflater.end();
  }

  private static void data(ByteArrayOutputStream out, byte[] bytes, int length) {
    if (length > 0) {
      chunk(out, "IDAT", bytes, length);
    }
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
    byte[] four = new byte[4];
    writeInt(length, four, 0);
    out.write(four, 0, 4);
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    out.write(name, 0, 4);
    out.write(data, 0, length);
    CRC32 sum = new CRC32();
    sum.update(name, 0, 4);
    sum.update(data, 0, length);
    writeInt((int) sum.getValue(), four, 0);
    out.write(four, 0, 4);
  }

  private static void writeInt(int value, byte[] out, int at) {
    for (int i = 0; i < 4; i++) {
      out[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }
}
