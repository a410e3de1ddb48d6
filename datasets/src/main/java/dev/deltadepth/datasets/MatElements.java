package dev.deltadepth.datasets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.InflaterInputStream;

/**
 * The elements of a MATLAB file of level 5, inflated, after a check that none is longer than what
 * is there: the library would allocate whatever a damaged file says.
 *
 * <p>Source: MAT-File Format, MathWorks.
 */
final class MatElements {

  private static final int HEADER = 128;
  private static final int ORDER = 126;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;
  private static final int INT32 = 5;

  /** Structures in structures. */
  private static final int DEEPEST = 16;

  /** Bytes of a picture of iBims-1 are some ten million. */
  private static final int LARGEST = 1 << 28;

  private MatElements() {}

  /**
   * The same file without compression.
   *
   * @throws IOException if it is cut off, damaged or too large
   */
  static byte[] checked(byte[] file) throws IOException {
    if (file.length < HEADER) {
      throw new IOException("it has no header");
    }
    ByteOrder order = file[ORDER] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer in = ByteBuffer.wrap(file).order(order).position(HEADER);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, HEADER);
    while (in.remaining() >= 8) {
      int start = in.position();
      int type = in.getInt();
      int size = size(in);
      byte[] element =
          type == COMPRESSED
              ? inflated(new ByteArrayInputStream(file, in.position(), size))
              : copy(file, start, 8 + size);
      check(ByteBuffer.wrap(element).order(order), 0);
      out.writeBytes(element);
      if (out.size() > LARGEST) {
        throw new IOException("it is too large");
      }
      in.position(in.position() + size);
    }
    return out.toByteArray();
  }

  private static byte[] copy(byte[] file, int from, int length) {
    byte[] part = new byte[length];
    System.arraycopy(file, from, part, 0, length);
    return part;
  }

  private static int size(ByteBuffer in) throws IOException {
    int size = in.getInt();
    if (size < 0 || size > in.remaining()) {
      throw new IOException("an element is cut off");
    }
    return size;
  }

  private static byte[] inflated(InputStream from) throws IOException {
    try (InputStream in = new InflaterInputStream(from)) {
      byte[] all = in.readNBytes(LARGEST);
      if (all.length == LARGEST) {
        throw new IOException("it is too large");
      }
      return all;
    }
  }

  /** Elements one after another; those of matrices hold others. */
  private static void check(ByteBuffer in, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("its structures are too deep");
    }
    while (in.remaining() >= 8) {
      int type = in.getInt();
      // Up to four bytes of data share the eight bytes of their head.
      if (type >>> 16 != 0) {
        in.getInt();
        continue;
      }
      int size = size(in);
      ByteBuffer body = in.slice(in.position(), size).order(in.order());
      if (type == MATRIX) {
        requireSize(body.duplicate().order(in.order()));
        check(body, depth + 1);
      }
      in.position(Math.min(in.limit(), in.position() + (size + 7) / 8 * 8));
    }
  }

  /** A matrix has no more values than bytes; its flags come first, then its dimensions. */
  private static void requireSize(ByteBuffer matrix) throws IOException {
    if (matrix.remaining() < 24) {
      return;
    }
    int dimensions = matrix.getInt(20);
    if (matrix.getInt(16) != INT32 || dimensions < 0 || dimensions > matrix.remaining() - 24) {
      throw new IOException("a matrix has no dimensions");
    }
    double values = 1;
    for (int at = 24; at + 4 <= 24 + dimensions; at += 4) {
      values *= Math.max(0, matrix.getInt(at));
    }
    if (values > matrix.remaining()) {
      throw new IOException("a matrix is cut off");
    }
  }
}
