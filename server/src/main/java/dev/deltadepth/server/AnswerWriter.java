package dev.deltadepth.server;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Sends bytes as fast as the client reads them, without a waiting thread: a slow client ties up
 * only its own connection and its own answer.
 */
final class AnswerWriter implements WriteListener {
  private static final int CHUNK = 1 << 15;

  private final ServletOutputStream out;
  private final byte[] content;
  private final CompletableFuture<Void> sent = new CompletableFuture<>();
  private int position;

  private AnswerWriter(ServletOutputStream out, byte[] content) {
    this.out = out;
    this.content = content;
  }

  /**
   * Starts sending; status and headers are already set.
   *
   * @param response of a request that is asynchronous
   * @return completed once everything is handed to the system; fails if the client disconnected.
   *     Completing it from outside stops sending.
   */
  static CompletableFuture<Void> write(HttpServletResponse response, byte[] content) {
    try {
      response.setContentLength(content.length);
      ServletOutputStream out = response.getOutputStream();
      AnswerWriter writer = new AnswerWriter(out, content);
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
      if (position == content.length) {
        sent.complete(null);
        return;
      }
      int count = Math.min(CHUNK, content.length - position);
      out.write(content, position, count);
      position += count;
    }
  }

  @Override
  public void onError(Throwable problem) {
    sent.completeExceptionally(problem);
  }
}
