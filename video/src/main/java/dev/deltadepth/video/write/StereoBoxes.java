package dev.deltadepth.video.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Says in one voice how a stereo video is to be seen. FFmpeg writes both {@code st3d} (Google,
 * "Spherical Video V2 RFC"), which says that the eyes are side by side, and Apple's {@code vexu},
 * which it fills with less and believes more when it reads both. The second becomes free space.
 */
final class StereoBoxes {
  private static final int HEAD = 8;
  private static final long LARGEST = 256L << 20;

  private StereoBoxes() {}

  /** Hides {@code vexu} in an MP4 or QuickTime file. */
  static void keepOne(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer head = ByteBuffer.allocate(2 * HEAD);
      for (long at = 0; at + HEAD <= channel.size(); ) {
        head.clear();
        channel.read(head, at);
        head.flip();
        long size = head.getInt() & 0xffffffffL;
        String type = text(head, HEAD / 2);
        if (size == 1 && head.limit() == 2 * HEAD) {
          size = head.getLong(HEAD);
        }
        if (type.equals("moov") && size < LARGEST) {
          hide(channel, at, (int) size);
        }
        if (size < HEAD) {
          return;
        }
        at += size;
      }
    }
  }

  private static void hide(FileChannel channel, long at, int size) throws IOException {
    ByteBuffer box = ByteBuffer.allocate(size);
    channel.read(box, at);
    String text = new String(box.array(), StandardCharsets.ISO_8859_1);
    // The name of a box stands behind its size; st3d comes right before.
    int stereo = text.indexOf("st3d");
    int found = stereo < 0 ? -1 : text.indexOf("vexu", stereo);
    if (found >= 0) {
      channel.write(ByteBuffer.wrap("free".getBytes(StandardCharsets.US_ASCII)), at + found);
    }
  }

  private static String text(ByteBuffer from, int at) {
    byte[] name = new byte[4];
    from.get(at, name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }
}
