package dev.deltadepth.web.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What stands before the pictures in an MP4 file of one silent track (ISO/IEC 14496-12): when each
 * picture is shown and how many bytes it has. The pictures follow, one after the other as they were
 * added. Browsers encode pictures, but write no files.
 */
final class Mp4Clip {
  /** Ticks a second: whole numbers for pictures of 24, 25, 30, 50 and 60 a second. */
  static final int TIMESCALE = 90_000;

  /** The header of the pictures, with a size of eight bytes. */
  private static final int BEFORE_PICTURES = 16;

  private static final int[] UPRIGHT = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000};

  private final int width;
  private final int height;
  private final List<Picture> pictures = new ArrayList<>();

  private record Picture(int time, int bytes, boolean isKey) {}

  Mp4Clip(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /**
   * Adds the next picture in the order of coding.
   *
   * @param seconds when it is shown
   * @param bytes how many it has
   * @param isKey whether it can be decoded without those before it
   */
  void add(double seconds, int bytes, boolean isKey) {
    pictures.add(new Picture(ticks(seconds), bytes, isKey));
  }

  private static int ticks(double seconds) {
    return (int) Math.round(seconds * TIMESCALE);
  }

  /**
   * The beginning of the file.
   *
   * @param codec as WebCodecs names it: {@code avc1.…} or {@code vp09.…}
   * @param description of H.264: what every decoder needs first (ISO/IEC 14496-15)
   * @param colour primaries, transfer, matrix and full range (ISO/IEC 23091-2), a byte each from
   *     the highest down; 0 if they are not known
   * @param seconds when the last picture ends
   */
  byte[] head(String codec, byte[] description, int colour, double seconds) {
    byte[] entry = entry(codec, description, colour);
    byte[] type = box("ftyp", text("isom"), ints(0x200), text("isomiso2mp41"));
    int before = type.length + movie(entry, seconds, 0).length + BEFORE_PICTURES;
    long total = BEFORE_PICTURES;
    for (Picture picture : pictures) {
      total += picture.bytes;
    }
    return ByteBuffer.allocate(before)
        .put(type)
        .put(movie(entry, seconds, before))
        .putInt(1)
        .put(text("mdat"))
        .putLong(total)
        .array();
  }

  private byte[] movie(byte[] entry, double seconds, int firstPicture) {
    int count = pictures.size();
    int[] times = new int[count + 1];
    for (int i = 0; i < count; i++) {
      times[i] = pictures.get(i).time;
    }
    // Decoded in the order of coding, at the times at which some picture is shown.
    Arrays.sort(times, 0, count);
    times[count] = Math.max(ticks(seconds), count == 0 ? 0 : times[count - 1] + 1);
    int duration = times[count] - times[0];
    byte[] movie =
        full(
            "mvhd",
            0,
            ints(0, 0, TIMESCALE, duration, 0x10000, 0x1000000, 0, 0),
            ints(UPRIGHT),
            ints(0, 0, 0, 0, 0, 0, 2));
    byte[] track =
        full(
            "tkhd",
            3,
            ints(0, 0, 1, 0, duration, 0, 0, 0, 0),
            ints(UPRIGHT),
            ints(width << 16, height << 16));
    byte[] media =
        box(
            "mdia",
            full("mdhd", 0, ints(0, 0, TIMESCALE, duration, 0x55c40000)),
            full("hdlr", 0, ints(0), text("vide"), ints(0, 0, 0), text("Delta\0")),
            box(
                "minf",
                full("vmhd", 1, ints(0, 0)),
                box("dinf", full("dref", 0, ints(1), full("url ", 1))),
                box(
                    "stbl",
                    full("stsd", 0, ints(1), entry),
                    durations(times),
                    delays(times),
                    keys(),
                    full("stsc", 0, ints(1, 1, count, 1)),
                    sizes(),
                    full("co64", 0, ints(1, 0, firstPicture)))));
    return box("moov", movie, box("trak", track, media));
  }

  /** How the pictures are coded. */
  private byte[] entry(String codec, byte[] description, int colour) {
    ByteBuffer visual = ByteBuffer.allocate(78);
    visual.putShort(6, (short) 1);
    visual.putShort(24, (short) width).putShort(26, (short) height);
    visual.putInt(28, 72 << 16).putInt(32, 72 << 16);
    visual.putShort(40, (short) 1);
    visual.putShort(74, (short) 24).putShort(76, (short) -1);
    byte[] shades =
        colour == 0
            ? new byte[0]
            : box(
                "colr",
                text("nclx"),
                new byte[] {0, (byte) (colour >> 24), 0, (byte) (colour >> 16), 0},
                new byte[] {(byte) (colour >> 8), (byte) ((colour & 1) << 7)});
    if (codec.startsWith("avc1")) {
      return box("avc1", visual.array(), box("avcC", description), shades);
    }
    // VP Codec ISO Media File Format Binding: profile, level, depth, 4:2:0, unknown colours.
    byte[] vp9 = {
      number(codec, 1), number(codec, 2), (byte) ((number(codec, 3) << 4) | 2), 2, 2, 2, 0, 0
    };
    return box("vp09", visual.array(), full("vpcC", 1 << 24, vp9), shades);
  }

  private static byte number(String codec, int part) {
    return Byte.parseByte(codec.substring(2 + 3 * part, 4 + 3 * part));
  }

  /** For how long each picture is shown, in runs of the same. */
  private static byte[] durations(int[] times) {
    List<Integer> runs = new ArrayList<>();
    for (int i = 0; i + 1 < times.length; i++) {
      int duration = times[i + 1] - times[i];
      int last = runs.size() - 1;
      if (last > 0 && runs.get(last) == duration) {
        runs.set(last - 1, runs.get(last - 1) + 1);
      } else {
        runs.add(1);
        runs.add(duration);
      }
    }
    return full("stts", 0, ints(runs.size() / 2), ints(runs));
  }

  /** By how much each picture is shown later than decoded; nothing if none is. */
  private byte[] delays(int[] times) {
    List<Integer> delays = new ArrayList<>();
    boolean any = false;
    for (int i = 0; i < pictures.size(); i++) {
      delays.add(1);
      delays.add(pictures.get(i).time - times[i]);
      any |= pictures.get(i).time != times[i];
    }
    return any ? full("ctts", 1 << 24, ints(pictures.size()), ints(delays)) : new byte[0];
  }

  private byte[] keys() {
    List<Integer> keys = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      if (pictures.get(i).isKey) {
        keys.add(i + 1);
      }
    }
    return full("stss", 0, ints(keys.size()), ints(keys));
  }

  private byte[] sizes() {
    List<Integer> sizes = new ArrayList<>();
    for (Picture picture : pictures) {
      sizes.add(picture.bytes);
    }
    return full("stsz", 0, ints(0, sizes.size()), ints(sizes));
  }

  private static byte[] full(String type, int versionAndFlags, byte[]... parts) {
    byte[][] all = new byte[parts.length + 1][];
    all[0] = ints(versionAndFlags);
    System.arraycopy(parts, 0, all, 1, parts.length);
    return box(type, all);
  }

  private static byte[] box(String type, byte[]... parts) {
    int size = 8;
    for (byte[] part : parts) {
      size += part.length;
    }
    ByteBuffer out = ByteBuffer.allocate(size).putInt(size).put(text(type));
    for (byte[] part : parts) {
      out.put(part);
    }
    return out.array();
  }

  private static byte[] ints(List<Integer> values) {
    ByteBuffer out = ByteBuffer.allocate(4 * values.size());
    values.forEach(out::putInt);
    return out.array();
  }

  private static byte[] ints(int... values) {
    ByteBuffer out = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      out.putInt(value);
    }
    return out.array();
  }

  private static byte[] text(String ascii) {
    byte[] bytes = new byte[ascii.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ascii.charAt(i);
    }
    return bytes;
  }
}
