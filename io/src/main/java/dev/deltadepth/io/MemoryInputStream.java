package dev.deltadepth.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of a picture in memory. A reader that keeps reading past the end is stopped: on a file
 * that was cut off some continue for minutes, catching the end of the file once per bit. A reader
 * whose thread is interrupted is stopped, too, because nobody wants the picture any more.
 */
final class MemoryInputStream extends ImageInputStreamImpl {

  /** Complete files of all formats cause at most 20, where a reader looks ahead. */
  private static final int MOST_READS_PAST_THE_END = 500;

  /** Single bytes are read by the million, so not each of them looks at the thread. */
  private static final int SINGLE_READS = 1 << 16;

  private final byte[] content;
  private int readsPastTheEnd;
  private int singleReads;

  MemoryInputStream(byte[] content) {
    this.content = content;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    if (++singleReads % SINGLE_READS == 0) {
      stopIfInterrupted();
    }
    return streamPos < content.length ? content[(int) streamPos++] & 0xff : pastTheEnd();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    bitOffset = 0;
    stopIfInterrupted();
    if (length == 0) {
      return 0;
    }
    if (streamPos >= content.length) {
      return pastTheEnd();
    }
    int count = (int) Math.min(length, content.length - streamPos);
    System.arraycopy(content, (int) streamPos, buffer, offset, count);
    streamPos += count;
    return count;
  }

  /**
   * Ends what nobody waits for any more.
   *
   * @throws InterruptedIOException if this thread was interrupted
   */
  static void stopIfInterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }

  private int pastTheEnd() throws IOException {
    if (++readsPastTheEnd > MOST_READS_PAST_THE_END) {
      throw new IOException("its content ends too early");
    }
    return -1;
  }

  @Override
  public long length() {
    return content.length;
  }
}
