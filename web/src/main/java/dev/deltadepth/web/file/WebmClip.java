package dev.deltadepth.web.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The length of a WebM clip (Matroska, RFC 9559). Browsers record without one, and players then
 * show neither the length nor a position.
 */
final class WebmClip {
  private static final int SEGMENT = 0x18538067;
  private static final int INFO = 0x1549a966;
  private static final int DURATION = 0x4489;
  private static final int ID_AND_SIZE = 12;

  private WebmClip() {}

  /**
   * The beginning of a clip with its length in it.
   *
   * @param head at least the bytes up to the end of the segment's information
   * @param milliseconds the clip's length; the unit of time of what browsers record
   * @return empty if it has a length already or is not as browsers record it
   */
  static Optional<byte[]> withLength(byte[] head, double milliseconds) {
    int at = 0;
    while (at + ID_AND_SIZE < head.length) {
      int idLength = Integer.numberOfLeadingZeros(head[at] & 0xff) - 23;
      int id = (int) number(head, at, idLength);
      int sizeAt = at + idLength;
      int sizeLength = Integer.numberOfLeadingZeros(head[sizeAt] & 0xff) - 23;
      long size = number(head, sizeAt, sizeLength) & unknown(sizeLength);
      int content = sizeAt + sizeLength;
      if (id == SEGMENT) {
        // Of unknown size in a recording; a size would have to grow too.
        if (size != unknown(sizeLength)) {
          return Optional.empty();
        }
        at = content;
      } else if (id == INFO) {
        int end = (int) Math.min(head.length, content + size);
        return contains(head, content, end)
            ? Optional.empty()
            : Optional.of(inserted(head, sizeAt, content, end, milliseconds));
      } else {
        at = (int) Math.min(head.length, content + size);
      }
    }
    return Optional.empty();
  }

  private static boolean contains(byte[] head, int from, int end) {
    for (int at = from; at + 1 < end; ) {
      int idLength = Integer.numberOfLeadingZeros(head[at] & 0xff) - 23;
      if (number(head, at, idLength) == DURATION) {
        return true;
      }
      int sizeAt = at + idLength;
      int sizeLength = Integer.numberOfLeadingZeros(head[sizeAt] & 0xff) - 23;
      at = (int) (sizeAt + sizeLength + (number(head, sizeAt, sizeLength) & unknown(sizeLength)));
    }
    return false;
  }

  private static byte[] inserted(byte[] head, int sizeAt, int content, int end, double length) {
    ByteBuffer out = ByteBuffer.allocate(head.length - (content - sizeAt) + 8 + 11);
    out.put(head, 0, sizeAt);
    // A size of eight bytes, then the new element: two bytes of name, its size, eight of value.
    out.putLong((1L << 56) | (end - content + 11));
    out.put(head, content, end - content);
    out.putShort((short) DURATION).put((byte) 0x88).putDouble(length);
    out.put(head, end, head.length - end);
    return Arrays.copyOf(out.array(), out.position());
  }

  /** All bits of a size: what a size is then is unknown. */
  private static long unknown(int length) {
    return (1L << (7 * length)) - 1;
  }

  private static long number(byte[] bytes, int at, int length) {
    long value = 0;
    for (int i = at; i < Math.min(bytes.length, at + length); i++) {
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }
}
