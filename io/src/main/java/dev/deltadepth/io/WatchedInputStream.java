package dev.deltadepth.io;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a picture in memory, which remember whether their reader asked for more than there
 * are: the mark of a file that was cut off, also where the reader makes up the rest in silence.
 */
final class WatchedInputStream extends ImageInputStreamImpl {

  private final byte[] content;
  private boolean ranOut;

  WatchedInputStream(byte[] content) {
    this.content = content;
  }

  /** From here on it counts. */
  void watch() {
    ranOut = false;
  }

  boolean ranOut() {
    return ranOut;
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= content.length) {
      ranOut = true;
      return -1;
    }
    return content[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= content.length) {
      ranOut = true;
      return -1;
    }
    int count = (int) Math.min(length, content.length - streamPos);
    System.arraycopy(content, (int) streamPos, buffer, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return content.length;
  }
}
