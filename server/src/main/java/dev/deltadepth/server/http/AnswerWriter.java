package dev.deltadepth.server.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/**
 * Sends bytes as fast as the client reads them, without a waiting thread: a slow client ties up
 * only its own connection and its own answer.
 */
final class AnswerWriter implements WriteListener {
  private static final int CHUNK = 1 << 15;

  private final ServletOutputStream out;
  private final InputStream content;
  private final byte[] chunk = new byte[CHUNK];
  private final CompletableFuture<Void> sent = new CompletableFuture<>();
  private long left;

  private AnswerWriter(ServletOutputStream out, InputStream content, long length) {
    this.out = out;
    this.content = content;
    this.left = length;
  }

  /**
   * Starts sending; status and headers are already set.
   *
   * @param response of a request that is asynchronous
   * @param content holds at least so many bytes; whoever calls closes it
   * @return completed once everything is handed to the system; fails if the client disconnected.
   *     Completing it from outside stops sending.
   */
  static CompletableFuture<Void> write(
      HttpServletResponse response, InputStream content, long length) {
    try {
      response.setContentLengthLong(length);
      ServletOutputStream out = response.getOutputStream();
      AnswerWriter writer = new AnswerWriter(out, content, length);
      out.setWriteListener(writer);
      return writer.sent;
    } catch (IOException | IllegalStateException e) {
      // The connection has been closed in the meantime.
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void onWritePossible() throws IOException {
    while (!sent.isDone() && out.isReady()) {
      if (left == 0) {
        sent.complete(null);
        return;
      }
      int count = content.readNBytes(chunk, 0, (int) Math.min(CHUNK, left));
      if (count == 0) {
        throw new EOFException("what was to be sent has become shorter");
      }
      out.write(chunk, 0, count);
      left -= count;
    }
  }

  @Override
  public void onError(Throwable problem) {
    sent.completeExceptionally(problem);
  }
}
