package dev.deltadepth.io.view;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Frames;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Animated PNGs that play for ever, in full colours; programs that do not know them show the first
 * frame (PNG specification, third edition, 11.3.6).
 */
public final class PngAnimation {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int CHANNELS = 3;
  private static final int FILTERS = 5;

  private final DataOutputStream out;

  /** Counts the chunks of control and of later frames. */
  private int sequence;

  private PngAnimation(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /**
   * Writes an animation; the file appears complete or not at all.
   *
   * @throws FileException if it cannot be written
   */
  public static void write(Frames frames, Path file) {
    AtomicFile.write(file, out -> new PngAnimation(out).write(frames));
  }

  private void write(Frames frames) throws IOException {
    Iterator<RgbImage> ahead = new FramesAhead(frames);
    out.write(SIGNATURE);
    for (int i = 0; ahead.hasNext(); i++) {
      RgbImage frame = ahead.next();
      if (i == 0) {
        chunk("IHDR", header(frame));
        chunk("acTL", ByteBuffer.allocate(8).putInt(frames.count()).putInt(0).array());
      }
      chunk("fcTL", control(frame, frames.millis()));
      byte[] data = compressed(frame);
      if (i == 0) {
        chunk("IDAT", data);
      } else {
        chunk("fdAT", ByteBuffer.allocate(4 + data.length).putInt(sequence++).put(data).array());
      }
    }
    chunk("IEND", new byte[0]);
    out.flush();
  }

  /** Eight bits, true colour, not interlaced. */
  private static byte[] header(RgbImage frame) {
    return ByteBuffer.allocate(13)
        .putInt(frame.width())
        .putInt(frame.height())
        .put(new byte[] {8, 2, 0, 0, 0})
        .array();
  }

  /** The whole picture, replacing the one before. */
  private byte[] control(RgbImage frame, int millis) {
    return ByteBuffer.allocate(26)
        .putInt(sequence++)
        .putInt(frame.width())
        .putInt(frame.height())
        .putInt(0)
        .putInt(0)
        .putShort((short) Math.min(65_535, millis))
        .putShort((short) 1000)
        .array();
  }

  private void chunk(String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) check.getValue());
  }

  private static byte[] compressed(RgbImage frame) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(6);
    int row = frame.width() * CHANNELS;
    byte[] before = new byte[row];
    byte[] here = new byte[row];
    byte[][] filtered = new byte[FILTERS][row + 1];
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes, deflater, 1 << 16)) {
      for (int y = 0; y < frame.height(); y++) {
        System.arraycopy(frame.data(), y * row, here, 0, row);
        deflated.write(filtered[best(here, before, filtered)]);
        System.arraycopy(here, 0, before, 0, row);
      }
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /** Filters a row in all ways; the best is the one with the least sum of differences. */
  private static int best(byte[] here, byte[] above, byte[][] filtered) {
    long least = Long.MAX_VALUE;
    int best = 0;
    for (int filter = 0; filter < FILTERS; filter++) {
      byte[] out = filtered[filter];
      out[0] = (byte) filter;
      long sum = 0;
      for (int i = 0; i < here.length; i++) {
        int left = i < CHANNELS ? 0 : here[i - CHANNELS] & 0xff;
        int up = above[i] & 0xff;
        int corner = i < CHANNELS ? 0 : above[i - CHANNELS] & 0xff;
        int guess =
            switch (filter) {
              case 1 -> left;
              case 2 -> up;
              case 3 -> (left + up) / 2;
              case 4 -> paeth(left, up, corner);
              default -> 0;
            };
        out[i + 1] = (byte) (here[i] - guess);
        sum += Math.abs(out[i + 1]);
      }
      if (sum < least) {
        least = sum;
        best = filter;
      }
    }
    return best;
  }

  private static int paeth(int left, int up, int corner) {
    int toLeft = Math.abs(up - corner);
    int toUp = Math.abs(left - corner);
    int toCorner = Math.abs(left + up - 2 * corner);
    if (toLeft <= toUp && toLeft <= toCorner) {
      return left;
    }
    return toUp <= toCorner ? up : corner;
  }
}
