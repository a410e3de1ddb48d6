package dev.deltadepth.web.file;

/** Whether a JPEG file is whole: browsers show what there is of it, and say nothing. */
final class JpegEnd {
  private static final int START = 0xd8;
  private static final int END = 0xd9;
  private static final int SCAN = 0xda;
  private static final int FIRST_RESTART = 0xd0;

  private JpegEnd() {}

  /**
   * Whether a file is a JPEG that ends before its end marker (ITU-T T.81, B.1.1). An end marker
   * inside a segment, as that of a thumbnail, does not count; what follows the end does not matter.
   */
  static boolean isCut(byte[] file) {
    if (file.length < 4 || (file[0] & 0xff) != 0xff || (file[1] & 0xff) != START) {
      return false;
    }
    int at = 2;
    while (at + 1 < file.length) {
      int marker = file[at + 1] & 0xff;
      if ((file[at] & 0xff) != 0xff || marker == 0) {
        // Coded data, or what a broken file has between its segments.
        at++;
      } else if (marker == END) {
        return false;
      } else if (marker == 0xff) {
        at++;
      } else if (marker >= FIRST_RESTART && marker < START) {
        at += 2;
      } else if (at + 3 < file.length) {
        at += 2 + Math.max(2, ((file[at + 2] & 0xff) << 8) | (file[at + 3] & 0xff));
        if (marker == SCAN) {
          at = afterScan(file, at);
        }
      } else {
        return true;
      }
    }
    return true;
  }

  /** The next marker that is neither a restart nor a stuffed byte. */
  private static int afterScan(byte[] file, int from) {
    for (int at = from; at + 1 < file.length; at++) {
      int next = file[at + 1] & 0xff;
      if (file[at] == -1 && next != 0 && (next < FIRST_RESTART || next >= START)) {
        return at;
      }
    }
    return file.length;
  }
}
