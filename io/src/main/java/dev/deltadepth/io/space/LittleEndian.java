package dev.deltadepth.io.space;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes long arrays of numbers, the lowest byte first. */
final class LittleEndian {
  private static final int CHUNK = 1 << 14;

  private final OutputStream out;
  private final ByteBuffer chunk = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);

  LittleEndian(OutputStream out) {
    this.out = out;
  }

  void write(float[] values) throws IOException {
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      chunk.clear().asFloatBuffer().put(values, from, count);
      out.write(chunk.array(), 0, 4 * count);
    }
  }

  void write(int... values) throws IOException {
    for (int from = 0; from < values.length; from += CHUNK) {
      int count = Math.min(CHUNK, values.length - from);
      chunk.clear().asIntBuffer().put(values, from, count);
      out.write(chunk.array(), 0, 4 * count);
    }
  }
}
