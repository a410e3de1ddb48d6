package dev.deltadepth.core.space;

/** Numbers and directories of the TIFF structure, in which JPEG files keep EXIF and MPF. */
final class Tiff {
  private static final int FIRST_DIRECTORY = 4;
  private static final int ENTRY = 12;
  private static final int VALUE = 8;

  private final byte[] file;
  private final int start;
  private final int end;
  private final boolean little;

  /**
   * @param start where the structure begins, from which its offsets count
   * @param end where it ends
   */
  Tiff(byte[] file, int start, int end) {
    this.file = file;
    this.start = start;
    this.end = end;
    little = start < end && file[start] == 'I';
  }

  /**
   * Where the value of a field of the first directory is; -1 if it has none.
   *
   * @throws IndexOutOfBoundsException if it is damaged
   */
  int field(int tag) {
    int directory = number(FIRST_DIRECTORY, 4);
    int count = number(directory, 2);
    for (int i = 0; i < count; i++) {
      int entry = directory + 2 + ENTRY * i;
      if (number(entry, 2) == tag) {
        return entry + VALUE;
      }
    }
    return -1;
  }

  /**
   * A number without a sign.
   *
   * @param bytes 2 or 4
   * @throws IndexOutOfBoundsException if it is outside, or beyond what an int holds
   */
  int number(int offset, int bytes) {
    if (offset < 0 || offset > end - start - bytes) {
      throw new IndexOutOfBoundsException("offset " + offset);
    }
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (file[start + offset + (little ? bytes - 1 - i : i)] & 0xff);
    }
    if (value < 0) {
      throw new IndexOutOfBoundsException("number " + (value & 0xffffffffL));
    }
    return value;
  }
}
