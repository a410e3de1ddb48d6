package dev.deltadepth.server;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Sends every answer without a thread that waits for the client.
 *
 * @param threads on which requests finish
 * @param time how long a client may take to receive an answer
 */
record Reply(Executor threads, Duration time) {

  /** Sends text or other bytes that are small or shared by all clients. */
  void send(Context request, byte[] content) {
    request.future(() -> sending(request, content));
  }

  /** Sends a file that clients may cache, or tells them that their copy is still valid. */
  void send(Context request, StaticFile file, String caching) {
    request.header("ETag", file.etag());
    request.header("Cache-Control", caching);
    if (file.etag().equals(request.header("If-None-Match"))) {
      request.status(304);
      return;
    }
    request.contentType(file.mediaType());
    send(request, file.content());
  }

  /**
   * Sends a refusal. If it comes before the body was read, the connection is closed and the answer
   * says so (RFC 9112, section 9.6): otherwise clients would send their next request on it in vain.
   */
  void refuse(Context request, int status, String detail) {
    if (unread(request.req())) {
      request.header("Connection", "close");
    }
    request.status(status);
    request.contentType(Problem.MEDIA_TYPE);
    request.header("Cache-Control", "no-store");
    send(request, Problem.json(status, detail));
  }

  /** Whether a body was announced and has not been read completely. */
  private static boolean unread(HttpServletRequest request) {
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
  CompletableFuture<Boolean> sending(Context request, byte[] content) {
    return AnswerWriter.write(request.res(), content)
        .orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
        .handleAsync(
            (sent, problem) -> {
              if (problem != null) {
                drop(request);
              }
              return problem == null;
            },
            threads);
  }

  private static void drop(Context request) {
    ServletContextRequest.getServletContextRequest(request.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }

  /** The stage, which fails with a refusal if it exceeds the time limit. */
  <T> CompletableFuture<T> within(CompletableFuture<T> stage, int status, String tooLate) {
    return stage
        .orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            problem -> {
              Throwable cause = cause(problem);
              return CompletableFuture.failedFuture(
                  cause instanceof TimeoutException ? new ServerException(status, tooLate) : cause);
            });
  }

  /** The cause of a stage's failure, without the wrapping of later stages. */
  static Throwable cause(Throwable problem) {
    Throwable cause = problem.getCause();
    return problem instanceof CompletionException && cause != null ? cause : problem;
  }
}
