package dev.deltadepth.server;

import dev.deltadepth.server.AppFiles.Found;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is answered under which path. */
final class Routes {
  static final String DEPTH = "/api/v1/depth";
  static final String MODEL = "/api/v1/model";
  static final String MODEL_FILE = "/api/v1/model.onnx";

  private final ServedModel model;
  private final StaticFile facts;
  private final DepthService service;
  private final Limits limits;
  private final MemoryBudget memory;
  private final Executor threads;
  private final AppFiles app = new AppFiles();

  Routes(
      ServedModel model,
      DepthService service,
      Limits limits,
      MemoryBudget memory,
      Executor threads) {
    this.model = model;
    this.facts = model.facts(limits);
    this.service = service;
    this.limits = limits;
    this.memory = memory;
    this.threads = threads;
  }

  void addTo(RoutesConfig routes) {
    routes.post(DEPTH, this::depth);
    routes.get(MODEL, request -> send(request, facts, "no-cache"));
    routes.get(MODEL_FILE, request -> send(request, model.file(), "no-cache"));
    routes.get("/", request -> appFile(request, ""));
    routes.get("/<path>", request -> appFile(request, request.pathParam("path")));
  }

  private void depth(Context request) {
    DepthQuery query = DepthQuery.of(request);
    if (request.req().getContentLengthLong() > limits.bodyBytes()) {
      throw BodyReader.tooLarge(limits.bodyBytes());
    }
    MemoryBudget.Share share = memory.share();
    request.future(
        () ->
            depth(request, query, share)
                .whenCompleteAsync((sent, problem) -> share.close(), threads));
  }

  private CompletableFuture<Void> depth(
      Context request, DepthQuery query, MemoryBudget.Share share) {
    CompletableFuture<byte[]> body = BodyReader.read(request.req(), limits.bodyBytes(), share);
    return within(body, 408, "the photo took too long to arrive")
        .thenCompose(
            photo ->
                within(
                    service.submit(photo, query),
                    503,
                    "the photo took too long to be worked on; send a smaller copy, or try later"))
        .thenCompose(answer -> answer(request, query, answer, share));
  }

  private CompletableFuture<Void> answer(
      Context request, DepthQuery query, Answer answer, MemoryBudget.Share share) {
    share.replace(answer.content().length);
    Answer.Times times = answer.times();
    request.header(
        "Server-Timing",
        timing("queue", times.waiting())
            + timing(", decode", times.decoding())
            + timing(", estimate", times.estimating())
            + timing(", encode", times.encoding()));
    request.contentType(query.format().mediaType());
    request.header("Cache-Control", "no-store");
    return sendBytes(request, answer.content());
  }

  private static String timing(String name, double seconds) {
    return String.format(Locale.ROOT, "%s;dur=%.1f", name, seconds * 1e3);
  }

  private CompletableFuture<Void> sendBytes(Context request, byte[] content) {
    return within(
        AnswerWriter.write(request.res(), content), 408, "the answer took too long to be taken");
  }

  private void appFile(Context request, String path) {
    Found found =
        app.find(path, Optional.ofNullable(request.header("Accept-Encoding")))
            .orElseThrow(() -> new ServerException(404, "there is nothing here; see /api"));
    request.header("Vary", "Accept-Encoding");
    found.coding().ifPresent(coding -> request.header("Content-Encoding", coding));
    send(
        request,
        found.file(),
        found.immutable() ? "public, max-age=31536000, immutable" : "no-cache");
  }

  private void send(Context request, StaticFile file, String caching) {
    request.header("ETag", file.etag());
    request.header("Cache-Control", caching);
    if (file.etag().equals(request.header("If-None-Match"))) {
      request.status(304);
      return;
    }
    request.contentType(file.mediaType());
    request.future(
        () -> sendBytes(request, file.content()).whenCompleteAsync((a, b) -> {}, threads));
  }

  private <T> CompletableFuture<T> within(CompletableFuture<T> future, int status, String tooLate) {
    Duration time = limits.time();
    return future
        .orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            problem -> {
              Throwable cause =
                  problem instanceof CompletionException && problem.getCause() != null
                      ? problem.getCause()
                      : problem;
              return CompletableFuture.failedFuture(
                  cause instanceof TimeoutException ? new ServerException(status, tooLate) : cause);
            });
  }
}
