package dev.deltadepth.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Builds little TIFF files of one uncompressed strip per page. */
final class TiffSample {

  static final int UNSIGNED = 1;
  static final int SIGNED = 2;
  static final int FLOAT = 3;

  private final List<Page> pages = new ArrayList<>();

  private record Page(int width, int height, List<long[]> entries, byte[] strip) {}

  /**
   * Adds a page.
   *
   * @param photometric 0 for grey with white as 0, 1 for grey, 2 for colours
   * @param more tags and their values, of type long
   */
  TiffSample page(
      int width, int height, int bits, int format, int photometric, byte[] strip, long... more) {
    int samples = photometric == 2 ? 3 : 1;
    List<long[]> entries = new ArrayList<>();
    entries.add(new long[] {256, 4, width});
    entries.add(new long[] {257, 4, height});
    entries.add(new long[] {258, 3, bits, samples});
    entries.add(new long[] {259, 3, 1});
    entries.add(new long[] {262, 3, photometric});
    entries.add(new long[] {273, 4, -1});
    entries.add(new long[] {277, 3, samples});
    entries.add(new long[] {278, 4, height});
    entries.add(new long[] {279, 4, strip.length});
    entries.add(new long[] {339, 3, format, samples});
    for (int i = 0; i < more.length; i += 2) {
      entries.add(new long[] {more[i], 4, more[i + 1]});
    }
    entries.sort((a, b) -> Long.compare(a[0], b[0]));
    pages.add(new Page(width, height, entries, strip));
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer head = buffer(8).put((byte) 'I').put((byte) 'I').putShort((short) 42);
    out.writeBytes(bytes(head.putInt(8)));
    int at = 8;
    for (int p = 0; p < pages.size(); p++) {
      Page page = pages.get(p);
      int directory = 2 + 12 * page.entries().size() + 4;
      int arrays = at + directory;
      int strip = arrays + 2 * 6;
      int end = strip + (page.strip().length + 1) / 2 * 2;
      ByteBuffer b = buffer(end - at);
      b.putShort((short) page.entries().size());
      int array = 0;
      for (long[] entry : page.entries()) {
        int count = entry.length > 3 ? (int) entry[3] : 1;
        long value = entry[2] < 0 ? strip : entry[2];
        b.putShort((short) entry[0]).putShort((short) entry[1]).putInt(count);
        if (count > 1) {
          int offset = arrays + 6 * array++;
          b.putInt(offset);
          for (int k = 0; k < count; k++) {
            b.putShort(offset - at + 2 * k, (short) value);
          }
        } else {
          b.putInt((int) value);
        }
      }
      b.putInt(p + 1 < pages.size() ? end : 0);
      b.position(strip - at);
      b.put(page.strip());
      out.writeBytes(bytes(b));
      at = end;
    }
    return out.toByteArray();
  }

  /** Samples of some bits, packed, each row filled up to whole bytes. */
  static byte[] packed(long[] samples, int perRow, int bits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int row = 0; row < samples.length; row += perRow) {
      int filled = 0;
      int value = 0;
      for (int i = row; i < row + perRow; i++) {
        for (int b = bits - 1; b >= 0; b--) {
          value = (value << 1) | (int) (samples[i] >> b & 1);
          if (++filled == 8) {
            out.write(value);
            filled = 0;
            value = 0;
          }
        }
      }
      if (filled > 0) {
        out.write(value << (8 - filled));
      }
    }
    return out.toByteArray();
  }

  /** Everything in a buffer. */
  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.rewind().get(bytes);
    return bytes;
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
