package dev.deltadepth.core.space;

import java.util.ArrayList;
import java.util.List;

/**
 * A segment of a JPEG file (ITU-T T.81, B.1.1).
 *
 * @param marker its kind
 * @param start where its content begins in the file, behind marker and length
 * @param end where its content ends, within the file
 */
record JpegSegment(int marker, int start, int end) {
  /** Where EXIF and XMP metadata are. */
  static final int APP1 = 0xe1;

  /** Where the list of further pictures is. */
  static final int APP2 = 0xe2;

  private static final int START = 0xd8;
  private static final int SCAN = 0xda;
  private static final int HEAD = 4;

  /** The whole segments before the coded picture; none of what is no JPEG. */
  static List<JpegSegment> header(byte[] file) {
    List<JpegSegment> segments = new ArrayList<>();
    if (file.length < HEAD || (file[0] & 0xff) != 0xff || (file[1] & 0xff) != START) {
      return segments;
    }
    int at = 2;
    while (at + HEAD <= file.length && (file[at] & 0xff) == 0xff) {
      int marker = file[at + 1] & 0xff;
      int end = at + 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff));
      if (marker == SCAN || end < at + HEAD || end > file.length) {
        break;
      }
      segments.add(new JpegSegment(marker, at + HEAD, end));
      at = end;
    }
    return segments;
  }

  /** Whether its content begins with a text. */
  boolean startsWith(String signature, byte[] file) {
    if (end - start < signature.length()) {
      return false;
    }
    for (int i = 0; i < signature.length(); i++) {
      if (file[start + i] != (byte) signature.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
