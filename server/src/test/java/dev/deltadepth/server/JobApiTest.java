package dev.deltadepth.server;

import static dev.deltadepth.server.DepthApiTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Videos that clients send, and what they get. */
class JobApiTest extends JobTestBase {

  @Test
  void aVideoBecomesItsDepth() throws Exception {
    start();
    String path = send(Films.film(folder, 2), "?format=side&colormap=gray");
    JsonNode done = ended(path);
    assertThat(done.get("state").asText()).as(done.toString()).isEqualTo("done");
    assertThat(done.get("format").asText()).isEqualTo("side");
    assertThat(done.get("frames").asInt()).isEqualTo(20);
    assertThat(done.get("of").asInt()).isEqualTo(20);
    assertThat(done.get("framesPerSecond").asDouble()).isPositive();
    assertThat(done.has("error") || done.has("warning")).isFalse();
    assertThat(done.get("result").asText()).isEqualTo(path + "/result");

    HttpResponse<byte[]> response = server.get(path + "/result");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(response.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"side.mp4\"");
    // Two pictures side by side, in YUV.
    assertThat(Films.hashes(response.body(), folder))
        .hasSize(20)
        .allSatisfy(line -> assertThat(line).contains(" " + 2 * 64 * 48 * 3 / 2 + ","));
    assertThat(server.metric("delta_jobs_total{state=\"done\"}")).isEqualTo(1);
    assertThat(server.metric("delta_job_frames_total")).isEqualTo(20);
    // The video itself is not needed any more.
    assertThat(server.metric("delta_jobs_bytes")).isEqualTo(response.body().length);

    HttpResponse<byte[]> deleted = server.send(server.request(path).DELETE());
    assertThat(json(deleted).get("state").asText()).isEqualTo("done");
    assertThat(json(deleted).has("result")).isFalse();
    assertThat(onDisk()).isEmpty();
    assertThat(server.metric("delta_jobs_bytes")).isZero();
    assertProblem(server.get(path), 404, "no such job");
    assertProblem(server.get(path + "/result"), 404, "no such job");
    assertProblem(server.send(server.request(path).DELETE()), 404, "no such job");
  }

  @Test
  void partsOfAResultCanBeAskedFor() throws Exception {
    start();
    String path = send(Films.film(folder, 1), "?format=depth16");
    ended(path);
    String result = path + "/result";
    byte[] all = result(path);
    HttpResponse<byte[]> part = server.get(result, "Range", "bytes=100-299");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Type")).contains("video/x-matroska");
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 100-299/" + all.length);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(all, 100, 300));
    assertThat(server.get(result, "Range", "bytes=-10").body())
        .isEqualTo(Arrays.copyOfRange(all, all.length - 10, all.length));
    HttpResponse<byte[]> beyond = server.get(result, "Range", "bytes=" + all.length + "-");
    assertProblem(beyond, 416, "bytes");
    assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */" + all.length);
    assertThat(server.get(result, "Range", "bytes=0-1", "If-Range", "\"other\"").body())
        .isEqualTo(all);
    String etag = part.headers().firstValue("ETag").orElse("");
    assertThat(server.get(result, "If-None-Match", etag).statusCode()).isEqualTo(304);
    HttpResponse<byte[]> head =
        server.send(server.request(result).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains(String.valueOf(all.length));
  }

  @Test
  void aFormsFileIsTheVideo() throws Exception {
    start();
    // Large, and with every byte in it.
    byte[] film =
        Files.readAllBytes(
            Films.make(
                folder.resolve("noise.mkv"),
                "-f lavfi -i testsrc2=d=1:s=320x240:r=10 -vf noise=alls=60 -c:v ffv1 FILE"));
    assertThat(film.length).isGreaterThan(500_000);
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(
        "--b\r\nContent-Disposition: form-data; name=\"video\"; filename=\"v.mp4\"\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(film);
    form.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
    HttpResponse<byte[]> response =
        server.post(JOBS, form.toByteArray(), "Content-Type", "multipart/form-data; boundary=b");
    assertThat(response.statusCode()).as(TestServer.text(response)).isEqualTo(202);
    String path = response.headers().firstValue("Location").orElseThrow();
    assertThat(ended(path).get("state").asText()).isEqualTo("done");
    String plain = send(film, "");
    ended(plain);
    assertThat(Films.hashes(result(path), folder)).isEqualTo(Films.hashes(result(plain), folder));
    byte[] half = Arrays.copyOf(form.toByteArray(), form.size() / 2);
    assertProblem(
        server.post(JOBS, half, "Content-Type", "multipart/form-data; boundary=b"),
        400,
        "cut off or damaged");
  }

  @Test
  void aVideoIsNotWorkedOnForever() throws Exception {
    limits = limits.withWork(Duration.ofMillis(1));
    start();
    JsonNode last = ended(send(Films.film(folder, 3), ""));
    assertThat(last.get("state").asText()).isEqualTo("failed");
    assertThat(last.get("error").asText()).contains("minutes that this server works on one");
  }

  @Test
  void progressIsSeenAndTheResultIsNotThereBefore() throws Exception {
    start();
    hold();
    String path = send(Films.film(folder, 3), "");
    // It is running before it has counted its frames.
    while (!status(path).has("of")) {
      Thread.onSpinWait();
    }
    assertThat(status(path).get("frames").asInt()).isZero();
    assertThat(status(path).get("of").asInt()).isEqualTo(30);
    assertProblem(server.get(path + "/result"), 409, "is running and has no result yet");
    permits.release(20);
    while (status(path).get("frames").asInt() == 0) {
      Thread.onSpinWait();
    }
    assertThat(state(path)).isEqualTo("running");
    assertThat(status(path).get("frames").asInt()).isLessThanOrEqualTo(20);
    assertThat(status(path).get("pass").asText()).isEqualTo("video");
    letGo();
    assertThat(ended(path).get("frames").asInt()).isEqualTo(30);
    assertThat(Films.hashes(result(path), folder)).hasSize(30);
  }

  @Test
  void whatIsCancelledInTheMiddleLeavesNothing() throws Exception {
    start();
    hold();
    String path = send(Films.film(folder, 3), "?range=frame&steady=false");
    permits.release(10);
    while (status(path).get("frames").asInt() == 0) {
      Thread.onSpinWait();
    }
    HttpResponse<byte[]> cancelled = server.send(server.request(path).DELETE());
    assertThat(json(cancelled).get("state").asText()).isEqualTo("cancelled");
    assertProblem(server.get(path), 404, "no such job");
    letGo();
    awaitMetric("delta_jobs_kept", 0);
    assertThat(onDisk()).isEmpty();
    assertThat(server.metric("delta_jobs_bytes")).isZero();
    assertThat(server.metric("delta_jobs_total{state=\"cancelled\"}")).isEqualTo(1);
    // The next one is worked on.
    assertThat(ended(send(Films.film(folder, 1), "")).get("state").asText()).isEqualTo("done");
  }

  @Test
  void oneWaitsForTheOther() throws Exception {
    start();
    hold();
    byte[] film = Films.film(folder, 1);
    String first = send(film, "");
    String second = send(film, "?format=sbs");
    String third = send(film, "");
    while (state(first).equals("waiting")) {
      Thread.onSpinWait();
    }
    assertThat(state(second)).isEqualTo("waiting");
    assertThat(server.metric("delta_jobs_waiting")).isEqualTo(2);
    assertThat(server.metric("delta_jobs_running")).isEqualTo(1);
    // One that has not begun can be cancelled, too.
    HttpResponse<byte[]> cancelled = server.send(server.request(second).DELETE());
    assertThat(json(cancelled).get("state").asText()).isEqualTo("cancelled");
    assertThat(onDisk()).hasSize(2);
    // All frames of the first, and none of the third.
    permits.release(10);
    assertThat(ended(first).get("state").asText()).isEqualTo("done");
    while (state(third).equals("waiting")) {
      Thread.onSpinWait();
    }
    assertThat(status(third).get("frames").asInt()).isZero();
    letGo();
    assertThat(ended(third).get("state").asText()).isEqualTo("done");
  }

  @Test
  void noMoreAreKeptThanMayBe() throws Exception {
    limits = limits.withJobs(4);
    start();
    byte[] film = Films.film(folder, 1);
    List<CompletableFuture<HttpResponse<byte[]>>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(
          server.client.sendAsync(
              server.request(JOBS).POST(BodyPublishers.ofByteArray(film)).build(),
              HttpResponse.BodyHandlers.ofByteArray()));
    }
    HashSet<String> paths = new HashSet<>();
    for (CompletableFuture<HttpResponse<byte[]>> one : all) {
      HttpResponse<byte[]> response = one.join();
      if (response.statusCode() == 202) {
        paths.add(response.headers().firstValue("Location").orElseThrow());
      } else {
        assertProblem(response, 503, "keeps as many videos as it may");
        assertThat(response.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d*");
      }
    }
    assertThat(paths).hasSize(4);
    List<String> hashes = new ArrayList<>();
    for (String path : paths) {
      assertThat(ended(path).get("state").asText()).isEqualTo("done");
      hashes.add(String.join("\n", Films.hashes(result(path), folder)));
    }
    assertThat(new HashSet<>(hashes)).hasSize(1);
    HttpResponse<byte[]> full = server.post(JOBS, film);
    assertProblem(full, 503, "delete jobs");
    assertThat(full.headers().firstValue("Retry-After")).contains("3601");
    assertThat(server.send(server.request(paths.iterator().next()).DELETE()).statusCode())
        .isEqualTo(200);
    send(film, "");
  }

  @Test
  void resultsGoWhenTheirTimeIsOver() throws Exception {
    start();
    String path = send(Films.film(folder, 1), "");
    ended(path);
    clock.pass(Duration.ofMinutes(59));
    assertThat(result(path)).isNotEmpty();
    clock.pass(Duration.ofMinutes(1));
    assertProblem(server.get(path + "/result"), 404, "its time is over");
    assertThat(onDisk()).isEmpty();
    assertThat(server.metric("delta_jobs_kept")).isZero();
  }

  @Test
  void whoDoesNotKnowTheTokenIsRefused() throws Exception {
    start(ServerOptions.defaults().withToken("t"));
    byte[] film = Films.film(folder, 1);
    String[] token = {"Authorization", "Bearer t"};
    assertProblem(server.post(JOBS, film), 401, "token");
    assertThat(onDisk()).isEmpty();
    String path = server.post(JOBS, film, token).headers().firstValue("Location").orElseThrow();
    assertProblem(server.get(path), 401, "token");
    assertProblem(server.get(path + "/result"), 401, "token");
    assertProblem(server.send(server.request(path).DELETE()), 401, "token");
    assertThat(server.get(path, token).statusCode()).isEqualTo(200);
    assertThat(server.send(server.request(path, token).DELETE()).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format=png16 | format must be one of depth, side, depth16, sbs, half-sbs, anaglyph",
        "colormap=nope | colormap must be one of inferno",
        "size=31 | size must be an integer between 32 and 2048",
        "start=-1 | start must be a number between 0 and 604800",
        "start=1e3 | start must be a number",
        "duration=0 | duration must be a number between 0.001 and 604800",
        "fps=NaN | fps must be a number between 0.01 and 1000",
        "side=8 | side must be an integer between 16 and 16384",
        "range=all | range must be one of moving, clip, frame",
        "steady=1 | steady must be one of true, false",
        "start=1&start=2 | start is given twice",
        "output=/etc/passwd | unknown parameter; choose from colormap, duration",
      })
  void wrongParametersAreRefused(String query, String detail) throws Exception {
    start();
    assertProblem(server.post(JOBS + "?" + query, new byte[100]), 400, detail);
    assertThat(onDisk()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "format=depth16, 20",
    "format=sbs, 20",
    "format=half-sbs, 20",
    "format=anaglyph, 20",
    "start=0.5&duration=1, 10",
    "fps=5, 10",
    "range=clip, 20",
    "size=64, 20",
    "side=32, 20"
  })
  void parametersDoWhatTheySay(String query, int frames) throws Exception {
    start();
    String path = send(Films.film(folder, 2), "?" + query);
    assertThat(ended(path).get("frames").asInt()).as(status(path).toString()).isEqualTo(frames);
    assertThat(Films.hashes(result(path), folder)).hasSize(frames);
  }

  @Test
  void idsThatAreNoneAreUnknown() throws Exception {
    start();
    for (String id : new String[] {"1", "0".repeat(32), "lock", "x".repeat(2000)}) {
      assertThat(server.get(JOBS + "/" + id).statusCode()).as(id).isEqualTo(404);
      assertThat(server.send(server.request(JOBS + "/" + id).DELETE()).statusCode())
          .as(id)
          .isEqualTo(404);
      assertThat(server.get(JOBS + "/" + id + "/result").statusCode()).as(id).isEqualTo(404);
    }
  }

  @Test
  void aServerCanTakeNone() throws Exception {
    limits = limits.withJobs(0);
    start();
    assertThat(temporary()).isEmpty();
    assertThat(server.post(JOBS, Films.film(folder, 1)).statusCode()).isIn(404, 405);
    JsonNode description = new ObjectMapper().readTree(server.get("/openapi.json").body());
    assertThat(description.get("paths").has(JOBS)).isFalse();
    assertThat(json(server.get("/api/v1/model")).has("videos")).isFalse();
  }

  @Test
  void theAnswersAreAsDescribed() throws Exception {
    start();
    JsonNode description = new ObjectMapper().readTree(server.get("/openapi.json").body());
    String path = send(Films.film(folder, 1), "");
    JsonNode job = description.at("/components/schemas/Job");
    for (Map.Entry<String, JsonNode> field : ended(path).properties()) {
      assertThat(job.get("properties").has(field.getKey())).as(field.getKey()).isTrue();
    }
    for (JsonNode required : job.get("required")) {
      assertThat(status(path).has(required.asText())).as(required.asText()).isTrue();
    }
    for (JsonNode parameter : description.at("/paths/~1api~1v1~1jobs/post/parameters")) {
      String name = parameter.get("name").asText();
      for (JsonNode value : parameter.get("schema").path("enum")) {
        String query = "?" + name + "=" + value.asText();
        server.send(server.request(send(Films.film(folder, 1), query)).DELETE());
      }
    }
    assertThat(TestServer.text(server.get("/api"))).contains("/api/v1/jobs/{id}/result");
  }
}
