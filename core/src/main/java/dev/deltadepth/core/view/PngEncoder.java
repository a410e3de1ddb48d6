package dev.deltadepth.core.view;

import dev.deltadepth.core.ByteArray;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
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

  /** How a stream of compressed pixels begins (RFC 1950): a window of 32 kB, quickest. */
  private static final byte[] ZLIB = {0x78, 0x01};

  private static final int[] CRC = crc();

  /** The largest prime below 65536, and how many bytes can be added before a division by it. */
  private static final int PRIME = 65521;

  private static final int SAFELY = 3800;

  // Sums are kept here in ints: Deflater and CRC32 keep theirs in longs, which browsers compute
  // slowly.
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, /* nowrap= */ true);
  private int sum = 1;
  private int sumOfSums;
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
    chunk("IDAT", ZLIB, ZLIB.length);
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
    addToSums();
    deflater.setInput(filtered);
    while (!deflater.needsInput()) {
      pixels(packed, deflater.deflate(packed));
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
      pixels(packed, deflater.deflate(packed));
    }
    deflater.end();
    byte[] sums = new byte[4];
    writeInt((sumOfSums << 16) | sum, sums, 0);
    pixels(sums, 4);
    chunk("IEND", new byte[0], 0);
    return bytes.toArray();
  }

  private void pixels(byte[] compressed, int length) {
    if (length > 0) {
      chunk("IDAT", compressed, length);
    }
  }

  /** Adler-32 of what is compressed. */
  private void addToSums() {
    for (int i = 0; i < filtered.length; ) {
      for (int end = Math.min(filtered.length, i + SAFELY); i < end; i++) {
        sum += filtered[i] & 0xff;
        sumOfSums += sum;
      }
      sum %= PRIME;
      sumOfSums %= PRIME;
    }
  }

  private static int[] crc() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int rest = i;
      for (int bit = 0; bit < 8; bit++) {
        rest = (rest & 1) == 0 ? rest >>> 1 : (rest >>> 1) ^ 0xedb88320;
      }
      table[i] = rest;
    }
    return table;
  }

  private static int crc(int so, byte[] data, int length) {
    int crc = so;
    for (int i = 0; i < length; i++) {
      crc = (crc >>> 8) ^ CRC[(crc ^ data[i]) & 0xff];
    }
    return crc;
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
    writeInt(~crc(crc(-1, name, 4), data, length), four, 0);
    bytes.write(four, 4);
  }

  private static void writeInt(int value, byte[] out, int at) {
    for (int i = 0; i < 4; i++) {
      out[at + i] = (byte) (value >>> (24 - 8 * i));
    }
  }
}
