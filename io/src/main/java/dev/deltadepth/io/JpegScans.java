package dev.deltadepth.io;

import java.util.Arrays;

/**
 * The scans of a JPEG, by their headers (ITU-T T.81, annex B): whether together they hold all
 * coefficients, and how many there are.
 *
 * @param count of scans
 * @param complete whether every coefficient of every component is there to its last bit, if each
 *     scan is
 */
record JpegScans(int count, boolean complete) {

  private static final int START_OF_SCAN = 0xda;
  private static final int END = 0xd9;
  private static final int COEFFICIENTS = 64;

  /** Lowest bits that are missing of what no scan has touched. */
  private static final byte ALL = 16;

  static JpegScans of(byte[] jpeg) {
    byte[][] missing = new byte[0][];
    boolean progressive = false;
    int scans = 0;
    int at = 2;
    while (at + 4 <= jpeg.length) {
      int marker = jpeg[at + 1] & 0xff;
      if (jpeg[at] != (byte) 0xff || marker == 0 || marker == 0xff || isRestart(marker)) {
        at++;
        continue;
      }
      if (marker == END) {
        break;
      }
      int length = word(jpeg, at + 2);
      if (at + 2 + length > jpeg.length) {
        break;
      }
      if (isFrame(marker) && length > 7) {
        progressive = marker == 0xc2;
        missing = new byte[256][];
        int components = jpeg[at + 9] & 0xff;
        for (int c = 0; c < components && at + 10 + 3 * c < jpeg.length; c++) {
          byte[] bits = new byte[COEFFICIENTS];
          Arrays.fill(bits, ALL);
          missing[jpeg[at + 10 + 3 * c] & 0xff] = bits;
        }
      } else if (marker == START_OF_SCAN && missing.length > 0) {
        scans++;
        fill(jpeg, at + 4, length - 2, progressive, missing);
      }
      at += 2 + length;
    }
    return new JpegScans(scans, scans > 0 && isFull(missing));
  }

  private static void fill(
      byte[] jpeg, int start, int length, boolean progressive, byte[][] missing) {
    // The file may end with a header that says it has no content.
    int components = length > 0 ? jpeg[start] & 0xff : 0;
    if (length < 4 + 2 * components) {
      return;
    }
    int tail = start + 1 + 2 * components;
    int first = progressive ? jpeg[tail] & 0x3f : 0;
    int last = progressive ? jpeg[tail + 1] & 0x3f : COEFFICIENTS - 1;
    byte bits = (byte) (progressive ? jpeg[tail + 2] & 0xf : 0);
    for (int c = 0; c < components; c++) {
      byte[] of = missing[jpeg[start + 1 + 2 * c] & 0xff];
      for (int k = first; of != null && k <= last; k++) {
        of[k] = bits;
      }
    }
  }

  private static boolean isFull(byte[][] missing) {
    for (byte[] component : missing) {
      for (int k = 0; component != null && k < COEFFICIENTS; k++) {
        if (component[k] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isRestart(int marker) {
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
  }

  /** Start of a frame; 0xc4, 0xc8 and 0xcc are something else. */
  private static boolean isFrame(int marker) {
    return marker == 0xc0 || (marker > 0xc0 && marker <= 0xcf && marker % 4 != 0);
  }

  private static int word(byte[] data, int at) {
    return ((data[at] & 0xff) << 8) | (data[at + 1] & 0xff);
  }
}
