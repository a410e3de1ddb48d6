package dev.deltadepth.video.read;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads frames from the Matroska stream that FFmpeg writes. Times are whole numbers of the stream's
 * own unit.
 *
 * <p>Source: RFC 8794 (EBML) and RFC 9559 (Matroska).
 */
final class MatroskaFrames {
  private static final int SEGMENT = 0x18538067;
  private static final int CLUSTER = 0x1F43B675;
  private static final int TIMESTAMP = 0xE7;
  private static final int SIMPLE_BLOCK = 0xA3;
  private static final int BLOCK_GROUP = 0xA0;
  private static final int BLOCK = 0xA1;
  private static final int BLOCK_DURATION = 0x9B;

  private final DataInputStream in;
  private final Buffers buffers;
  private long clusterTime;
  private long position;
  private long groupEnd = Long.MAX_VALUE;

  /** Where the bytes of a frame are kept. */
  interface Buffers {
    /**
     * An array of exactly this length for a frame of a track, counted from 1.
     *
     * @throws IOException if a frame of this track does not have this length
     */
    byte[] take(int track, int length) throws IOException;
  }

  /** A frame. */
  record Frame(int track, long time, long duration, byte[] data) {}

  MatroskaFrames(InputStream stream, Buffers buffers) {
    this.in = new DataInputStream(new BufferedInputStream(stream, 1 << 16));
    this.buffers = buffers;
  }

  /**
   * The next frame, or empty at the end.
   *
   * @throws IOException if the stream is cut off inside of a frame, or is not what was expected
   */
  Optional<Frame> next() throws IOException {
    Optional<Frame> inGroup = Optional.empty();
    long duration = 0;
    while (true) {
      if (inGroup.isPresent() && position >= groupEnd) {
        groupEnd = Long.MAX_VALUE;
        Frame frame = inGroup.get();
        return Optional.of(new Frame(frame.track(), frame.time(), duration, frame.data()));
      }
      int id = id();
      if (id < 0) {
        return Optional.empty();
      }
      long size = number();
      switch (id) {
        case SEGMENT, CLUSTER -> {
          // What is inside follows.
        }
        case BLOCK_GROUP -> groupEnd = position + size;
        case TIMESTAMP -> clusterTime = unsigned(size);
        case BLOCK_DURATION -> duration = unsigned(size);
        case SIMPLE_BLOCK -> {
          return Optional.of(block(size));
        }
        case BLOCK -> inGroup = Optional.of(block(size));
        default -> skip(size);
      }
    }
  }

  private Frame block(long size) throws IOException {
    long end = position + size;
    int track = (int) number();
    long time = clusterTime + in.readShort();
    in.readByte();
    position += 3;
    long length = end - position;
    if (length < 0 || length > Integer.MAX_VALUE - 8) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] data = buffers.take(track, (int) length);
    in.readFully(data);
    position += length;
    return new Frame(track, time, 0, data);
  }

  private long unsigned(long size) throws IOException {
    if (size > 8) {
      throw new IOException("a number of " + size + " bytes");
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | in.readUnsignedByte();
    }
    position += size;
    return value;
  }

  private void skip(long size) throws IOException {
    if (size < 0) {
      throw new IOException("an element of unknown size");
    }
    in.skipNBytes(size);
    position += size;
  }

  /** An element's id with its length marker, or -1 at the end of the stream. */
  private int id() throws IOException {
    int first = in.read();
    if (first < 0) {
      return -1;
    }
    int more = Integer.numberOfLeadingZeros(first) - 24;
    if (more > 3) {
      throw new IOException("not an element");
    }
    int id = first;
    for (int i = 0; i < more; i++) {
      id = id << 8 | in.readUnsignedByte();
    }
    position += 1 + more;
    return id;
  }

  /** A size or track; -1 for an unknown size. */
  private long number() throws IOException {
    int first = in.readUnsignedByte();
    int more = Integer.numberOfLeadingZeros(first) - 24;
    if (more > 7) {
      throw new EOFException("not a size");
    }
    long value = first & (0x7f >> more);
    boolean ones = value == (0x7f >> more);
    for (int i = 0; i < more; i++) {
      int next = in.readUnsignedByte();
      ones &= next == 0xff;
      value = value << 8 | next;
    }
    position += 1 + more;
    return ones ? -1 : value;
  }
}
