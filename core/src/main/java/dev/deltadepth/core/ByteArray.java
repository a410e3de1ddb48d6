package dev.deltadepth.core;

import java.util.Arrays;

/** Collects bytes in memory. */
public final class ByteArray implements ByteSink<RuntimeException> {
  private byte[] bytes;
  private int count;

  /**
   * An empty one.
   *
   * @param expected about how many bytes there will be
   */
  public ByteArray(int expected) {
    bytes = new byte[Math.max(1 << 10, expected)];
  }

  @Override
  public void write(byte[] data, int length) {
    if (count + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, count + length));
    }
    System.arraycopy(data, 0, bytes, count, length);
    count += length;
  }

  /** All bytes so far. */
  public byte[] toArray() {
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }
}
