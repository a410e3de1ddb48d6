package dev.deltadepth.io.space;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** JPEG files with metadata, built byte by byte. */
final class JpegSample {
  private static final int EXIF_POINTER = 0x8769;
  private static final int ORIENTATION = 0x0112;

  private JpegSample() {}

  static byte[] grey(int width, int height) {
    return ImageFiles.jpeg(new RgbImage(width, height, new byte[width * height * 3]), 0.9f);
  }

  /** A segment behind the JPEG's first marker. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xff);
    out.write(marker);
    out.write((content.length + 2) >> 8);
    out.write(content.length + 2);
    out.writeBytes(content);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** With other pictures behind it, which an index in an APP2 segment lists (CIPA DC-007). */
  static byte[] withPictures(byte[] jpeg, byte[]... others) {
    int entries = 16 * (others.length + 1);
    ByteBuffer index = ByteBuffer.allocate(4 + 8 + 2 + 12 + 4 + entries);
    index.put(new byte[] {'M', 'P', 'F', 0, 'M', 'M', 0, 42}).putInt(8);
    index.putShort((short) 1);
    index.putShort((short) 0xb002).putShort((short) 7).putInt(entries).putInt(26).putInt(0);
    int whole = jpeg.length + 4 + index.capacity();
    index.putInt(0x30000).putInt(whole).putInt(0).putInt(0);
    // Offsets count from the byte order's mark, 10 bytes into the file.
    int offset = whole - 10;
    for (byte[] other : others) {
      index.putInt(0).putInt(other.length).putInt(offset).putInt(0);
      offset += other.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(withSegment(jpeg, 0xe2, index.array()));
    for (byte[] other : others) {
      out.writeBytes(other);
    }
    return out.toByteArray();
  }

  /**
   * With EXIF: the orientation, and tags of the camera as rationals in thousandths (EXIF's readers
   * take a rational for a short).
   */
  static byte[] withExif(byte[] jpeg, int orientation, Map<Integer, Double> tags) {
    TreeMap<Integer, Double> sorted = new TreeMap<>(tags);
    int sub = 8 + 2 + 2 * 12 + 4;
    int values = sub + 2 + 12 * sorted.size() + 4;
    ByteBuffer tiff =
        ByteBuffer.allocate(values + 8 * sorted.size()).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    tiff.putShort((short) 2);
    entry(tiff, ORIENTATION, 3, orientation);
    entry(tiff, EXIF_POINTER, 4, sub);
    tiff.putInt(0);
    tiff.putShort((short) sorted.size());
    for (int tag : sorted.keySet()) {
      entry(tiff, tag, 5, values);
      values += 8;
    }
    tiff.putInt(0);
    for (double value : sorted.values()) {
      tiff.putInt((int) Math.round(value * 1000)).putInt(1000);
    }
    ByteBuffer exif = ByteBuffer.allocate(6 + tiff.capacity());
    exif.put(new byte[] {'E', 'x', 'i', 'f', 0, 0}).put(tiff.array());
    return withSegment(jpeg, 0xe1, exif.array());
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(1).putInt(value);
  }
}
