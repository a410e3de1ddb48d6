package dev.deltadepth.server;

import dev.deltadepth.server.http.Reply;
import dev.deltadepth.server.http.ServerException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Collects a request's body as it arrives, without a waiting thread: a slow client ties up only its
 * own connection and the bytes it has sent.
 */
final class BodyReader implements ReadListener {
  private static final int CHUNK = 1 << 14;

  private final ServletInputStream in;
  private final int limit;
  private final MemoryBudget.Share memory;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final byte[] chunk = new byte[CHUNK];
  private @Nullable ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK);

  private BodyReader(ServletInputStream in, int limit, MemoryBudget.Share memory) {
    this.in = in;
    this.limit = limit;
    this.memory = memory;
  }

  /**
   * Starts reading.
   *
   * @param request an asynchronous request
   * @param limit the maximum number of bytes
   * @param memory where the bytes are accounted for
   * @return the body; fails with {@link ServerException} 413 or 503, or with an {@link IOException}
   *     if the client disconnected. Completing it from outside stops reading.
   */
  static CompletableFuture<byte[]> read(
      HttpServletRequest request, int limit, MemoryBudget.Share memory) {
    try {
      ServletInputStream in = Reply.body(request);
      BodyReader reader = new BodyReader(in, limit, memory);
      in.setReadListener(reader);
      return reader.whole;
    } catch (IOException | IllegalStateException e) {
      // The connection has been closed in the meantime.
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    ByteArrayOutputStream collected = body;
    while (!whole.isDone() && collected != null && in.isReady()) {
      int count = in.read(chunk);
      if (count < 0) {
        return;
      }
      if (collected.size() + count > limit) {
        end(tooLarge(limit));
        return;
      }
      try {
        memory.take(count);
      } catch (ServerException e) {
        end(e);
        return;
      }
      collected.write(chunk, 0, count);
    }
  }

  @Override
  public void onAllDataRead() {
    ByteArrayOutputStream collected = body;
    body = null;
    if (collected != null) {
      whole.complete(collected.toByteArray());
    }
  }

  @Override
  public void onError(Throwable problem) {
    end(problem);
  }

  private void end(Throwable problem) {
    body = null;
    whole.completeExceptionally(problem);
  }

  static ServerException tooLarge(int limit) {
    return new ServerException(
        413, "the body is longer than " + limit + " bytes: send a smaller copy of the photo");
  }
}
