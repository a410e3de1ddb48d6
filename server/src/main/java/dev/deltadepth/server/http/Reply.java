package dev.deltadepth.server.http;

import io.javalin.http.Context;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Sends every answer without a thread that waits for the client.
 *
 * @param threads on which requests finish
 * @param time how long a client may take to receive an answer
 */
public record Reply(Executor threads, Duration time) {

  private static final String BODY = Reply.class.getName() + ".body";

  /** Bytes of a text that is worth compressing. */
  private static final int WORTHWHILE = 500;

  /** Bytes of a body that is worth reading although it is refused. */
  private static final long SMALL = 1 << 18;

  /** How long such a body may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Sends text or other bytes that are small or shared by all clients. */
  public void send(Context request, byte[] content) {
    String type = Optional.ofNullable(request.res().getContentType()).orElse("");
    byte[] coded =
        compresses(request, type, content.length) ? compressed(request, content) : content;
    request.future(() -> sending(request, coded));
  }

  /** Whether an answer is worth compressing, and may be. */
  private static boolean compresses(Context request, String type, int length) {
    boolean text = type.startsWith("text/") || type.startsWith("application/json");
    boolean coded = request.res().getHeader("Content-Encoding") != null;
    if (!text || coded || length < WORTHWHILE || length > SMALL) {
      return false;
    }
    varies(request);
    return header(request, "Range").isEmpty()
        && Codings.accepted(header(request, "Accept-Encoding"), Codings.GZIP);
  }

  /** Tells caches that the answer depends on the codings that a client takes. */
  public static void varies(Context request) {
    if (!request.res().getHeaders("Vary").contains("Accept-Encoding")) {
      request.res().addHeader("Vary", "Accept-Encoding");
    }
  }

  private static byte[] compressed(Context request, byte[] content) {
    request.header("Content-Encoding", Codings.GZIP);
    return Codings.gzip(content);
  }

  /** Sends a file that clients may cache, or tells them that their copy is still valid. */
  public void send(Context request, StaticFile file, String caching) {
    byte[] content = file.content();
    boolean compresses = compresses(request, file.mediaType(), content.length);
    String etag = compresses ? file.etag().replaceFirst("\"$", "-gzip\"") : file.etag();
    request.header("ETag", etag);
    request.header("Cache-Control", caching);
    request.header("Accept-Ranges", "bytes");
    if (EntityTags.name(header(request, "If-None-Match"), etag)) {
      request.status(304);
      return;
    }
    boolean whole = compresses || !header(request, "If-Range").map(etag::equals).orElse(true);
    Optional<ByteRange> part = whole ? Optional.empty() : part(request, content.length);
    request.contentType(file.mediaType());
    if (compresses) {
      request.future(() -> sending(request, compressed(request, content)));
      return;
    }
    byte[] sent =
        part.map(
                range ->
                    Arrays.copyOfRange(
                        content,
                        Math.toIntExact(range.from()),
                        Math.toIntExact(range.from() + range.length())))
            .orElse(content);
    request.future(() -> sending(request, sent));
  }

  /**
   * The part of a file that a client asks for, of which the answer's head then speaks; empty for
   * the whole file.
   *
   * @param size the file's bytes
   * @throws ServerException with 416 if the file does not reach that far
   */
  public static Optional<ByteRange> part(Context request, long size) {
    try {
      Optional<ByteRange> part = ByteRange.of(header(request, "Range"), size);
      part.ifPresent(
          range -> {
            request.status(206);
            request.header("Content-Range", range.of(size));
          });
      return part;
    } catch (ServerException e) {
      request.header("Content-Range", "bytes */" + size);
      throw e;
    }
  }

  private static Optional<String> header(Context request, String name) {
    return Optional.ofNullable(request.header(name));
  }

  /**
   * Sends a refusal. If it comes before the body was read, the connection is closed and the answer
   * says so (RFC 9112, section 9.6): otherwise clients would send their next request on it in vain.
   */
  public void refuse(Context request, int status, String detail) {
    request.status(status);
    request.contentType(Problem.MEDIA_TYPE);
    request.header("Cache-Control", "no-store");
    byte[] content = Problem.json(status, detail, RequestId.of(jetty(request)));
    if (unread(request.req())) {
      request.header("Connection", "close");
      request.future(
          () ->
              Rest.read(request.req())
                  .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                  .exceptionally(problem -> null)
                  .thenCompose(read -> sending(request, content)));
    } else {
      send(request, content);
    }
  }

  /**
   * Reads what is left of a small body and throws it away. A connection that is closed while the
   * client still sends is reset, and the client may never see the answer.
   */
  private static final class Rest implements ReadListener {
    private final ServletInputStream in;
    private final CompletableFuture<Void> read = new CompletableFuture<>();
    private final byte[] chunk = new byte[1 << 12];

    private Rest(ServletInputStream in) {
      this.in = in;
    }

    /** Completed at once for a large body, or one that waits to be asked for. */
    static CompletableFuture<Void> read(HttpServletRequest request) {
      long length = request.getContentLengthLong();
      if (length < 0 || length > SMALL || request.getHeader("Expect") != null) {
        return CompletableFuture.completedFuture(null);
      }
      try {
        Rest rest = new Rest(request.getInputStream());
        rest.in.setReadListener(rest);
        return rest.read;
      } catch (IOException | IllegalStateException e) {
        // It has been closed, or is being read already.
        return CompletableFuture.completedFuture(null);
      }
    }

    @Override
    public void onDataAvailable() throws IOException {
      while (!read.isDone() && in.isReady() && in.read(chunk) >= 0) {
        // Nobody wants it.
      }
    }

    @Override
    public void onAllDataRead() {
      read.complete(null);
    }

    @Override
    public void onError(Throwable problem) {
      read.completeExceptionally(problem);
    }
  }

  /**
   * A request's body, to be read. Only then does Jetty ask a client that waits for that ({@code
   * Expect: 100-continue}) to send it, and even looking whether there is one would be reading.
   *
   * @throws IOException if the connection has been closed
   */
  public static ServletInputStream body(HttpServletRequest request) throws IOException {
    request.setAttribute(BODY, true);
    return request.getInputStream();
  }

  /** Whether a body was announced and has not been read completely. */
  private static boolean unread(HttpServletRequest request) {
    if (request.getHeader("Expect") != null && request.getAttribute(BODY) == null) {
      return true;
    }
    if (request.getContentLengthLong() == 0
        || (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null)) {
      return false;
    }
    try {
      return !request.getInputStream().isFinished();
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Sends the content. If the client does not receive it in time, or disconnects, the connection is
   * dropped.
   *
   * @return completed on one of the threads, with whether everything was sent
   */
  public CompletableFuture<Boolean> sending(Context request, byte[] content) {
    return sending(request, new ByteArrayInputStream(content), content.length, time);
  }

  /**
   * The same from a stream, which the caller closes.
   *
   * @param length how many of its bytes are sent
   * @param most how long the client may take to receive them
   */
  public CompletableFuture<Boolean> sending(
      Context request, InputStream content, long length, Duration most) {
    return AnswerWriter.write(request.res(), content, length)
        .orTimeout(most.toMillis(), TimeUnit.MILLISECONDS)
        .handleAsync(
            (sent, problem) -> {
              if (problem != null) {
                drop(request);
              }
              return problem == null;
            },
            threads);
  }

  /** The request as Jetty knows it. */
  public static Request jetty(Context request) {
    return ServletContextRequest.getServletContextRequest(request.req());
  }

  private static void drop(Context request) {
    jetty(request).getConnectionMetaData().getConnection().getEndPoint().close();
  }

  /** The stage, which fails with a refusal if it exceeds the time limit. */
  public <T> CompletableFuture<T> within(CompletableFuture<T> stage, int status, String tooLate) {
    return within(stage, time, status, tooLate);
  }

  /** The same with another limit. */
  public <T> CompletableFuture<T> within(
      CompletableFuture<T> stage, Duration most, int status, String tooLate) {
    return stage
        .orTimeout(most.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            problem -> {
              Throwable cause = cause(problem);
              return CompletableFuture.failedFuture(
                  cause instanceof TimeoutException ? new ServerException(status, tooLate) : cause);
            });
  }

  /** The cause of a stage's failure, without the wrapping of later stages. */
  public static Throwable cause(Throwable problem) {
    Throwable cause = problem.getCause();
    return problem instanceof CompletionException && cause != null ? cause : problem;
  }
}
