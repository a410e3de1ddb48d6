package dev.deltadepth.core.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a phone puts into a JPEG file beside the picture: metadata in XMP, the orientation in EXIF
 * and further pictures. What is no JPEG has none of them.
 *
 * <p>Sources: Adobe, "XMP Specification Part 3", 1.1.3 (XMP in JPEG); Exif 2.32, 4.6.4; CIPA DC-007
 * (pictures behind a JPEG).
 */
public final class PhoneJpeg {
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
  private static final String FURTHER_XMP = "http://ns.adobe.com/xmp/extension/\0";

  /** Before each part of the further metadata: what they are of, and two numbers of four bytes. */
  private static final int FURTHER_HEAD = 32 + 4 + 4;

  private static final String EXIF = "Exif\0\0";
  private static final int ORIENTATION = 0x112;

  private static final String MPF = "MPF\0";

  /** MPF's index of pictures, and the bytes of each of its entries. */
  private static final int INDEX = 0xb002;

  private static final int ENTRY = 16;

  private PhoneJpeg() {}

  /**
   * The metadata in XMP: a packet, and what did not fit into it.
   *
   * @param jpeg the whole file
   * @return XML, not checked in any way
   */
  public static List<byte[]> metadata(byte[] jpeg) {
    List<byte[]> packets = new ArrayList<>();
    byte[] further = new byte[0];
    for (JpegSegment segment : JpegSegment.header(jpeg)) {
      if (segment.marker() == JpegSegment.APP1 && segment.startsWith(XMP, jpeg)) {
        packets.add(Arrays.copyOfRange(jpeg, segment.start() + XMP.length(), segment.end()));
      } else if (segment.marker() == JpegSegment.APP1 && segment.startsWith(FURTHER_XMP, jpeg)) {
        // The parts come in order, as every known writer puts them.
        int from = Math.min(segment.end(), segment.start() + FURTHER_XMP.length() + FURTHER_HEAD);
        int before = further.length;
        further = Arrays.copyOf(further, before + segment.end() - from);
        System.arraycopy(jpeg, from, further, before, segment.end() - from);
      }
    }
    if (further.length > 0) {
      packets.add(further);
    }
    return packets;
  }

  /** How the picture is to be turned, 1 to 8 as in EXIF; 1 if nothing says it. */
  public static int orientation(byte[] jpeg) {
    for (JpegSegment segment : JpegSegment.header(jpeg)) {
      if (segment.marker() == JpegSegment.APP1 && segment.startsWith(EXIF, jpeg)) {
        Tiff exif = new Tiff(jpeg, segment.start() + EXIF.length(), segment.end());
        try {
          int field = exif.field(ORIENTATION);
          int value = field < 0 ? 1 : exif.number(field, 2);
          return value >= 1 && value <= 8 ? value : 1;
        } catch (IndexOutOfBoundsException e) {
          return 1;
        }
      }
    }
    return 1;
  }

  /**
   * The files of the pictures behind the photo, as a list in it says; those that are cut off are
   * left out, and those that are longer together than the file.
   *
   * @throws IllegalArgumentException if the list is damaged
   */
  public static List<byte[]> pictures(byte[] jpeg) {
    try {
      for (JpegSegment segment : JpegSegment.header(jpeg)) {
        if (segment.marker() == JpegSegment.APP2 && segment.startsWith(MPF, jpeg)) {
          return listed(jpeg, segment.start() + MPF.length(), segment.end());
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "its list of pictures is damaged; copy the photo again", e);
    }
    return List.of();
  }

  /** Offsets count from the start of the index; the first picture is the photo itself. */
  private static List<byte[]> listed(byte[] jpeg, int start, int end) {
    Tiff index = new Tiff(jpeg, start, end);
    List<byte[]> pictures = new ArrayList<>();
    int field = index.field(INDEX);
    if (field >= 0) {
      int entries = index.number(field - 4, 4) / ENTRY;
      int first = index.number(field, 4);
      // Pictures do not overlap: a short list of long ones must not fill the memory.
      int left = jpeg.length;
      for (int k = 1; k < entries; k++) {
        long from = start + (long) index.number(first + ENTRY * k + 8, 4);
        int size = index.number(first + ENTRY * k + 4, 4);
        if (size <= left && from + size <= jpeg.length) {
          pictures.add(Arrays.copyOfRange(jpeg, (int) from, (int) from + size));
          left -= size;
        }
      }
    }
    return pictures;
  }
}
