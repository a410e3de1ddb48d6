package dev.deltadepth.web.file;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.file.Blob;
import org.teavm.jso.typedarrays.Int8Array;

/**
 * Whether the file of a film ends too early. MP4 and QuickTime are boxes one after the other
 * (ISO/IEC 14496-12), WebM and Matroska elements (RFC 9559); each says how long it is.
 */
public final class FilmEnd {
  /** An EBML header, with which WebM begins. */
  private static final int EBML = 0x1a45dfa3;

  private static final int SEGMENT = 0x18538067;

  /** Of a box or element. */
  private static final int HEADER = 16;

  /** So many boxes are looked at; streams have more, and are not said to be cut off. */
  private static final int MOST = 100;

  private FilmEnd() {}

  /** Looks whether a file is cut off; false for all that is neither of the two. */
  public static void isCut(Blob file, Consumer<Boolean> said) {
    look(file, 0, 0, said);
  }

  private static void look(Blob file, double at, int count, Consumer<Boolean> said) {
    double size = size(file);
    if (at >= size || count == MOST) {
      said.accept(at > size);
      return;
    }
    Saver.bytes(
        part(file, at, Math.min(size, at + HEADER)),
        bytes ->
            look(
                file, at + length(new Int8Array(bytes).toJavaArray(), size - at), count + 1, said));
  }

  /**
   * The length of a box or element.
   *
   * @param head its first bytes, at most 16
   * @param left how many there are in the file from its beginning
   * @return what is left, if it is of neither kind, or its length unknown
   */
  static double length(byte[] head, double left) {
    ByteBuffer bytes = ByteBuffer.wrap(head);
    if (head.length < HEADER) {
      // Too short even for a header, or the last few bytes of something else.
      return left;
    }
    int first = bytes.getInt(0);
    if (first == EBML || first == SEGMENT) {
      int sizeLength = Integer.numberOfLeadingZeros(head[4] & 0xff) - 23;
      double size = head[4] & (0xff >> sizeLength);
      boolean isKnown = size != (0xff >> sizeLength);
      for (int i = 1; i < sizeLength; i++) {
        size = 256 * size + (head[4 + i] & 0xff);
        isKnown |= head[4 + i] != -1;
      }
      return isKnown ? 4 + sizeLength + size : left;
    }
    for (int i = 4; i < 8; i++) {
      if (head[i] < ' ') {
        return left;
      }
    }
    double size = (double) (first == 1 ? bytes.getLong(8) : (first & 0xffffffffL));
    return size >= 8 ? size : left;
  }

  @JSBody(params = "file", script = "return file.size;")
  private static native double size(Blob file);

  @JSBody(
      params = {"file", "from", "end"},
      script = "return file.slice(from, end);")
  private static native Blob part(Blob file, double from, double end);
}
