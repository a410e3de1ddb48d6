package dev.deltadepth.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.server.job.JobLimits;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server for videos whose network and clock go as a test lets them; nothing is left of it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class JobTestBase {
  static final String JOBS = "/api/v1/jobs";
  private static final int MANY = 1_000_000;

  @TempDir Path folder;
  final Semaphore permits = new Semaphore(MANY);
  final Watch clock = new Watch();
  JobLimits limits = JobLimits.defaults();
  TestServer server;

  /** A clock that is set by hand. */
  static final class Watch extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    synchronized void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    limits = limits.withFolder(Files.createDirectory(folder.resolve("temporary")));
  }

  void start() {
    start(ServerOptions.defaults());
  }

  void start(ServerOptions options) {
    server = TestServer.start(folder, options.withJobs(limits), size -> Films.red(permits), clock);
  }

  /** Frames have to wait for {@link #letGo} from now on. */
  void hold() {
    permits.drainPermits();
  }

  void letGo() {
    permits.release(MANY);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    letGo();
    server.close();
    assertThat(temporary()).isEmpty();
    try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
      assertThat(children.filter(ProcessHandle::isAlive)).isEmpty();
    }
  }

  /** The names of the files and folders in the folder for temporary ones. */
  List<String> temporary() throws IOException {
    try (Stream<Path> files = Files.list(limits.folder())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** The folders of jobs that are on disk. */
  List<String> onDisk() throws IOException {
    Path own = limits.folder().resolve(temporary().get(0));
    try (Stream<Path> files = Files.list(own)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(n -> !n.equals("lock"))
          .toList();
    }
  }

  static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  /** Sends a video that is taken, and returns the job's path. */
  String send(byte[] video, String query) throws Exception {
    HttpResponse<byte[]> response = server.post(JOBS + query, video, "Content-Type", "video/mp4");
    assertThat(response.statusCode()).as(TestServer.text(response)).isEqualTo(202);
    String path = response.headers().firstValue("Location").orElse("");
    assertThat(path).matches(JOBS + "/[0-9a-f]{32}").endsWith(json(response).get("id").asText());
    return path;
  }

  JsonNode status(String path) throws Exception {
    HttpResponse<byte[]> response = server.get(path);
    assertThat(response.statusCode()).as(TestServer.text(response)).isEqualTo(200);
    return json(response);
  }

  String state(String path) throws Exception {
    return status(path).get("state").asText();
  }

  /** Asks until it is neither waiting nor running. */
  JsonNode ended(String path) throws Exception {
    JsonNode now = status(path);
    while (List.of("waiting", "running").contains(now.get("state").asText())) {
      now = status(path);
    }
    return now;
  }

  byte[] result(String path) throws Exception {
    HttpResponse<byte[]> response = server.get(path + "/result");
    assertThat(response.statusCode()).as(TestServer.text(response)).isEqualTo(200);
    return response.body();
  }

  void awaitMetric(String name, double value) throws Exception {
    double now = server.metric(name);
    while (now != value) {
      now = server.metric(name);
    }
  }
}
