package dev.deltadepth.core.space;

import dev.deltadepth.core.ByteSink;

/** Writes numbers, the lowest byte first, and collects them to large pieces. */
final class LittleEndian<E extends Exception> {
  private static final int SIZE = 1 << 16;

  private final ByteSink<E> out;
  private final byte[] bytes = new byte[SIZE];
  private int count;

  LittleEndian(ByteSink<E> out) {
    this.out = out;
  }

  void integers(int... values) throws E {
    for (int value : values) {
      integer(value);
    }
  }

  void floats(float[] values) throws E {
    floats(values, 0, values.length);
  }

  void floats(float[] values, int from, int to) throws E {
    for (int i = from; i < to; i++) {
      integer(Float.floatToRawIntBits(values[i]));
    }
  }

  void bytes(byte[] values) throws E {
    flush();
    out.write(values, values.length);
  }

  void bytes(byte[] values, int from, int to) throws E {
    for (int i = from; i < to; i++) {
      if (count == SIZE) {
        flush();
      }
      bytes[count++] = values[i];
    }
  }

  /** Letters, digits and signs of ASCII. */
  void text(String text) throws E {
    byte[] ascii = new byte[text.length()];
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = (byte) text.charAt(i);
    }
    bytes(ascii);
  }

  private void integer(int value) throws E {
    if (count + 4 > SIZE) {
      flush();
    }
    bytes[count++] = (byte) value;
    bytes[count++] = (byte) (value >> 8);
    bytes[count++] = (byte) (value >> 16);
    bytes[count++] = (byte) (value >> 24);
  }

  /** Hands on what has been collected. */
  void flush() throws E {
    if (count > 0) {
      out.write(bytes, count);
      count = 0;
    }
  }
}
