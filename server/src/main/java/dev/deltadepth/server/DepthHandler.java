package dev.deltadepth.server;

import dev.deltadepth.server.http.Codings;
import dev.deltadepth.server.http.Query;
import dev.deltadepth.server.http.Reply;
import dev.deltadepth.server.http.ServerException;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
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
   * What is asked for.
   *
   * @param mediaType of the answer
   * @param compressed whether the answer is
   * @param work for the photo's file
   */
  private record Task(
      String mediaType, boolean compressed, Function<byte[], CompletableFuture<Answer>> work) {}

  /**
   * Answers {@code POST /api/v1/depth}.
   *
   * @throws ServerException if the request is refused before its body is read
   */
  void handle(Context request) {
    handle(
        request,
        () -> {
          DepthQuery query = DepthQuery.of(request);
          return new Task(
              query.format().mediaType(),
              query.compressed(),
              photo -> service.submit(photo, query));
        });
  }

  /**
   * Answers {@code POST /api/v1/photo}: the photo itself, upright, for browsers that cannot decode
   * it.
   *
   * @throws ServerException if the request is refused before its body is read
   */
  void photo(Context request) {
    handle(
        request,
        () -> {
          Query.of(request, List.of());
          return new Task("image/jpeg", false, service::submit);
        });
  }

  private void handle(Context request, Supplier<Task> asked) {
    Task task;
    try {
      task = asked.get();
      check(request);
    } catch (ServerException e) {
      metrics.ended(e.status());
      throw e;
    }
    request.future(() -> exchange(request, task));
  }

  private void check(Context request) {
    Photo.check(header(request, "Content-Type"), header(request, "Content-Encoding"));
    if (request.req().getContentLengthLong() > limits.bodyBytes()) {
      throw BodyReader.tooLarge(limits.bodyBytes());
    }
  }

  private CompletableFuture<?> exchange(Context request, Task task) {
    MemoryBudget.Share share = memory.share();
    CompletableFuture<byte[]> body = BodyReader.read(request.req(), limits.bodyBytes(), share);
    return reply
        .within(body, 408, "the photo took too long to arrive")
        .thenCompose(bytes -> work(request, task, bytes, share))
        .whenCompleteAsync(
            (done, problem) -> {
              share.close();
              metrics.ended(status(problem));
            },
            reply.threads());
  }

  private CompletableFuture<Void> work(
      Context request, Task task, byte[] body, MemoryBudget.Share share) {
    long arrival = System.nanoTime();
    metrics.received(body.length);
    byte[] photo = Photo.of(body, header(request, "Content-Type"));
    return reply
        .within(
            task.work().apply(photo),
            503,
            "processing the photo took too long: send a smaller copy or try again later")
        .thenCompose(answer -> answer(request, task, answer, share))
        .thenAccept(length -> metrics.sent(length, (System.nanoTime() - arrival) / 1e9));
  }

  /** Sends the answer and returns its length. */
  private CompletableFuture<Integer> answer(
      Context request, Task task, Answer answer, MemoryBudget.Share share) {
    byte[] content = answer.content();
    share.replace(content.length);
    metrics.worked(answer.times());
    request.contentType(task.mediaType());
    request.header("Cache-Control", "no-store");
    if (task.compressed()) {
      request.header("Content-Encoding", Codings.GZIP);
    }
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
