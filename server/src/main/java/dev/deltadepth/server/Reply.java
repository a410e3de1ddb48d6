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
 * Sends every answer without a thread that waits for its client.
 *
 * @param threads on which requests end
 * @param time how long a client may take to take an answer
 */
record Reply(Executor threads, Duration time) {

  /** Sends text or other bytes that are small or the same for everybody. */
  void send(Context request, byte[] content) {
    request.future(() -> sending(request, content));
  }

  /** Sends a file that clients may keep, or says that theirs is still good. */
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
   * Sends a refusal. Where it comes before the body the connection ends with it, and says so (RFC
   * 9112, section 9.6): clients would put their next request on it, which nobody answers.
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

  /** Whether a body was announced and has not been read to its end. */
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
   * Sends the content; when the client does not take it in time, or goes away, the connection is
   * dropped and that is the end of it.
   *
   * @return done on one of the threads, with whether all was sent
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

  /** The stage, which fails with a refusal when it takes longer than the time. */
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

  /** What a stage failed with, without the wrapping of a later one. */
  static Throwable cause(Throwable problem) {
    Throwable cause = problem.getCause();
    return problem instanceof CompletionException && cause != null ? cause : problem;
  }
}
