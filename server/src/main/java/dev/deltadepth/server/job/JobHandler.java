package dev.deltadepth.server.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.deltadepth.server.http.BodyFile;
import dev.deltadepth.server.http.ByteRange;
import dev.deltadepth.server.http.EntityTags;
import dev.deltadepth.server.http.Query;
import dev.deltadepth.server.http.Reply;
import dev.deltadepth.server.http.ServerException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Answers what clients ask about videos; no thread waits for them. */
public final class JobHandler {
  /** Videos are so much longer than photos. */
  private static final int LONGER = 20;

  /** A video's name in a form. */
  private static final String FIELD = "video";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Jobs jobs;
  private final Reply reply;
  private final String path;

  /**
   * Prepares.
   *
   * @param path of all jobs, such as {@code /api/v1/jobs}
   */
  public JobHandler(Jobs jobs, Reply reply, String path) {
    this.jobs = jobs;
    this.reply = reply;
    this.path = path;
  }

  /** {@code POST}: a video comes, and waits. */
  public void create(Context request) {
    JobRequest wanted = JobRequest.of(Query.of(request, JobRequest.PARAMETERS));
    requireVideo(header(request, "Content-Type"), header(request, "Content-Encoding"));
    Job job = jobs.admit(wanted, length(request));
    request.future(() -> receive(request, job));
  }

  /** A form is a little longer than its file, which is counted when it is there. */
  private static long length(Context request) {
    return isForm(type(header(request, "Content-Type")))
        ? -1
        : request.req().getContentLengthLong();
  }

  private CompletableFuture<?> receive(Context request, Job job) {
    Duration most = reply.time().multipliedBy(LONGER);
    CompletableFuture<Void> body =
        BodyFile.receive(request.req(), FIELD, job.video(), count -> job.room().take(count));
    return reply
        .within(body, most, 408, "the video took too long to arrive")
        .thenCompose(
            arrived ->
                reply.within(
                    jobs.check(job), 503, "looking at the video took too long: try again later"))
        .thenAcceptAsync(checked -> jobs.enqueue(job), reply.threads())
        .whenComplete(
            (done, problem) -> {
              if (problem != null) {
                jobs.drop(job);
              }
            })
        .thenCompose(
            done -> {
              request.status(202);
              request.header("Location", path + "/" + job.id());
              return send(request, json(job, job.status()));
            });
  }

  /** {@code GET}: how far it is. */
  public void status(Context request) {
    Job job = jobs.find(request.pathParam("id"));
    request.future(() -> send(request, json(job, job.status())));
  }

  /** {@code DELETE}: it is cancelled and deleted. */
  public void remove(Context request) {
    Job job = jobs.find(request.pathParam("id"));
    ObjectNode last = json(job, jobs.remove(job.id()));
    last.remove("result");
    request.future(() -> send(request, last));
  }

  private CompletableFuture<Boolean> send(Context request, ObjectNode json) {
    request.contentType("application/json");
    request.header("Cache-Control", "no-store");
    try {
      return reply.sending(request, MAPPER.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  private ObjectNode json(Job job, JobStatus status) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", job.id()).put("state", status.state().toString());
    json.put("format", job.request().format().label());
    status.pass().ifPresent(pass -> json.put("pass", pass));
    json.put("frames", status.frames());
    status.of().ifPresent(of -> json.put("of", of));
    json.put("framesPerSecond", Math.round(10 * status.rate()) / 10.0);
    status.error().ifPresent(error -> json.put("error", error));
    status.warning().ifPresent(warning -> json.put("warning", warning));
    if (status.state() == JobState.DONE) {
      json.put("result", path + "/" + job.id() + "/result");
    }
    return json;
  }

  /** {@code GET} of the result, or of a part of it. */
  public void result(Context request) {
    Job job = jobs.find(request.pathParam("id"));
    JobStatus status = job.status();
    if (status.state() != JobState.DONE) {
      throw new ServerException(
          409,
          status
              .error()
              .map(error -> "the job has failed and has no result: " + error)
              .orElse("the job is " + status.state() + " and has no result yet: ask again later"));
    }
    String etag = '"' + job.id() + '"';
    request.header("ETag", etag);
    request.header("Accept-Ranges", "bytes");
    request.header("Cache-Control", "private, no-cache");
    if (EntityTags.name(header(request, "If-None-Match"), etag)) {
      request.status(304);
      return;
    }
    send(request, job, etag);
  }

  private void send(Context request, Job job, String etag) {
    try {
      long size = Files.size(job.result());
      boolean same = header(request, "If-Range").map(etag::equals).orElse(true);
      Optional<ByteRange> part = same ? Reply.part(request, size) : Optional.empty();
      request.contentType(job.request().mediaType());
      request.header(
          "Content-Disposition", "attachment; filename=\"" + job.request().fileName() + "\"");
      ByteRange sent = part.orElse(new ByteRange(0, size));
      if (request.req().getMethod().equals("HEAD")) {
        request.res().setContentLengthLong(sent.length());
        return;
      }
      InputStream file = Files.newInputStream(job.result());
      request.future(() -> sending(request, file, sent));
    } catch (IOException e) {
      throw new ServerException(404, "the result was deleted meanwhile; send the video again");
    }
  }

  private CompletableFuture<?> sending(Context request, InputStream file, ByteRange part) {
    try {
      file.skipNBytes(part.from());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    return reply
        .sending(request, file, part.length(), reply.time().multipliedBy(LONGER))
        .whenComplete((sent, problem) -> close(file));
  }

  private static void close(InputStream file) {
    try {
      file.close();
    } catch (IOException e) {
      // It was only read.
    }
  }

  private static void requireVideo(Optional<String> contentType, Optional<String> coding) {
    String type = type(contentType);
    boolean possible =
        type.isEmpty()
            || type.startsWith("video/")
            || type.startsWith("image/")
            || type.equals("application/octet-stream")
            || type.equals("application/x-www-form-urlencoded")
            || isForm(type);
    if (!possible) {
      throw new ServerException(
          415, "send the video as video/*, application/octet-stream or multipart/form-data");
    }
    if (coding.isPresent() && !coding.get().equalsIgnoreCase("identity")) {
      throw new ServerException(415, "send the video without a content encoding");
    }
  }

  private static boolean isForm(String type) {
    return type.equals("multipart/form-data");
  }

  private static String type(Optional<String> contentType) {
    String text = contentType.orElse("");
    int parameters = text.indexOf(';');
    return (parameters < 0 ? text : text.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> header(Context request, String name) {
    return Optional.ofNullable(request.header(name));
  }
}
