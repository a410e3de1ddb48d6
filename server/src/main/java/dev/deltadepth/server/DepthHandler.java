package dev.deltadepth.server;

import dev.deltadepth.server.http.Reply;
import dev.deltadepth.server.http.ServerException;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Receives a photo, queues it and sends its map; no thread waits for the client. */
final class DepthHandler {
  private static final int CLIENT_LEFT = 499;

  private final DepthService service;
  private final Limits limits;
  private final MemoryBudget memory;
  private final Metrics metrics;
  private final Reply reply;

  DepthHandler(
      DepthService service, Limits limits, MemoryBudget memory, Metrics metrics, Reply reply) {
    this.service = service;
    this.limits = limits;
    this.memory = memory;
    this.metrics = metrics;
    this.reply = reply;
  }

  /**
   * Answers {@code POST /api/v1/depth}.
   *
   * @throws ServerException if the request is refused before its body is read
   */
  void handle(Context request) {
    DepthQuery query;
    try {
      query = check(request);
    } catch (ServerException e) {
      metrics.ended(e.status());
      throw e;
    }
    request.future(() -> exchange(request, query));
  }

  private DepthQuery check(Context request) {
    DepthQuery query = DepthQuery.of(request);
    Photo.check(header(request, "Content-Type"), header(request, "Content-Encoding"));
    if (request.req().getContentLengthLong() > limits.bodyBytes()) {
      throw BodyReader.tooLarge(limits.bodyBytes());
    }
    return query;
  }

  private CompletableFuture<?> exchange(Context request, DepthQuery query) {
    MemoryBudget.Share share = memory.share();
    CompletableFuture<byte[]> body = BodyReader.read(request.req(), limits.bodyBytes(), share);
    return reply
        .within(body, 408, "the photo took too long to arrive")
        .thenCompose(bytes -> work(request, query, bytes, share))
        .whenCompleteAsync(
            (done, problem) -> {
              share.close();
              metrics.ended(status(problem));
            },
            reply.threads());
  }

  private CompletableFuture<Void> work(
      Context request, DepthQuery query, byte[] body, MemoryBudget.Share share) {
    long arrival = System.nanoTime();
    metrics.received(body.length);
    byte[] photo = Photo.of(body, header(request, "Content-Type"));
    return reply
        .within(
            service.submit(photo, query),
            503,
            "processing the photo took too long: send a smaller copy or try again later")
        .thenCompose(answer -> answer(request, query, answer, share))
        .thenAccept(length -> metrics.sent(length, (System.nanoTime() - arrival) / 1e9));
  }

  /** Sends the map and returns its length. */
  private CompletableFuture<Integer> answer(
      Context request, DepthQuery query, Answer answer, MemoryBudget.Share share) {
    byte[] content = answer.content();
    share.replace(content.length);
    metrics.worked(answer.times());
    request.contentType(query.format().mediaType());
    request.header("Cache-Control", "no-store");
    request.header("Server-Timing", timing(answer.times()));
    return reply
        .sending(request, content)
        .thenCompose(
            sent ->
                sent
                    ? CompletableFuture.completedFuture(content.length)
                    : CompletableFuture.failedFuture(new IOException("the client disconnected")));
  }

  private static String timing(Answer.Times times) {
    return String.format(
        Locale.ROOT,
        "queue;dur=%.1f, decode;dur=%.1f, estimate;dur=%.1f, encode;dur=%.1f",
        times.waiting() * 1e3,
        times.decoding() * 1e3,
        times.estimating() * 1e3,
        times.encoding() * 1e3);
  }

  private static int status(@Nullable Throwable problem) {
    if (problem == null) {
      return 200;
    }
    Throwable cause = Reply.cause(problem);
    if (cause instanceof ServerException refusal) {
      return refusal.status();
    }
    return cause instanceof IOException ? CLIENT_LEFT : 500;
  }

  private static Optional<String> header(Context request, String name) {
    return Optional.ofNullable(request.header(name));
  }
}
