package dev.deltadepth.server;

import static dev.deltadepth.server.DepthApiTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.server.log.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of each request: its id, a line of the log, and a count. */
class AccessLogTest {
  private static final String JOB = "/api/v1/jobs/0123456789abcdef0123456789abcdef";

  @TempDir Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream out = System.out;

  @BeforeEach
  void catchLog() {
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(out);
  }

  private TestServer start(LogFormat format) {
    return TestServer.start(folder, ServerOptions.defaults().withLog(format));
  }

  private List<String> lines() {
    return log.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void combinedLinesAreThoseOfOtherServers() throws Exception {
    try (TestServer server = start(LogFormat.COMBINED)) {
      server.get(
          "/healthz?x=1", "User-Agent", "a \"b\\", "Referer", "http://c/", "X-Request-Id", "i");
      server.get(JOB);
      raw(server, "GET /nothing HTTP/1.1\r\nHost: localhost\r\nUser-Agent: \u00e9\r\n");
    }
    String clock = "\\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000\\]";
    String seconds = "\\d+\\.\\d{3}";
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(0))
        .matches(
            "127\\.0\\.0\\.1 - - "
                + clock
                + " \"GET /healthz\\?x=1 HTTP/1\\.1\" 200 15 \"http://c/\" \"a \\\\\"b\\\\\\\\\" i "
                + seconds);
    assertThat(lines().get(1))
        .contains("\"GET /api/v1/jobs/01234567... HTTP/1.1\" 404 ", " \"-\" \"Java-http-client/")
        .doesNotContain("0123456789");
    assertThat(lines().get(2)).contains("\"GET /nothing HTTP/1.1\" 404 ", "\"\\u00");
  }

  @Test
  void jsonLinesAreObjects() throws Exception {
    byte[] file = TestServer.png(TestServer.photo(40, 30), folder);
    HttpResponse<byte[]> answer;
    try (TestServer server = start(LogFormat.JSON)) {
      answer =
          server.post(
              "/api/v1/depth?format=pfm", file, "X-Forwarded-For", "203.0.113.9, 192.0.2.7");
      raw(server, "HELLO\r\n");
    }
    assertThat(lines()).hasSize(2);
    JsonNode line = new ObjectMapper().readTree(lines().get(0));
    assertThat(line.get("address").asText()).isEqualTo("192.0.2.7");
    assertThat(line.get("method").asText()).isEqualTo("POST");
    assertThat(line.get("path").asText()).isEqualTo("/api/v1/depth?format=pfm");
    assertThat(line.get("status").asInt()).isEqualTo(200);
    assertThat(line.get("bytes").asInt()).isEqualTo(answer.body().length);
    assertThat(line.get("seconds").asDouble()).isBetween(0.0, 60.0);
    assertThat(line.get("id").asText()).isEqualTo(id(answer));
    assertThat(line.get("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
    assertThat(line.has("referrer")).isFalse();
    assertThat(new ObjectMapper().readTree(lines().get(1)).get("status").asInt()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0123-4567_89.ab", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"})
  void aPlainIdIsKept(String id) throws Exception {
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      assertThat(id(server.get("/healthz", "X-Request-Id", id))).isEqualTo(id);
      HttpResponse<byte[]> refusal = server.get("/nothing", "X-Request-Id", id);
      assertThat(id(refusal)).isEqualTo(id);
      assertThat(new ObjectMapper().readTree(refusal.body()).get("requestId").asText())
          .isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "<script>", "a\"b", "a,b", "%0a"})
  void anotherIdIsReplaced(String id) throws Exception {
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      assertThat(id(server.get("/healthz", "X-Request-Id", id))).matches("[0-9a-f]{16}");
      assertThat(id(server.get("/healthz", "X-Request-Id", "a".repeat(65))))
          .matches("[0-9a-f]{16}")
          .isNotEqualTo(id(server.get("/healthz")));
    }
  }

  @Test
  void whatJettyRefusesHasAnIdToo() throws Exception {
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      String tooLong = "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: localhost\r\n";
      assertThat(raw(server, tooLong))
          .startsWith("HTTP/1.1 414")
          .containsPattern("X-Request-Id: ([0-9a-f]{16})\r\n(?s:.*)\"requestId\":\"\\1\"");
    }
  }

  @Test
  void everyRouteIsCountedUnderOneOfAFewNames() throws Exception {
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      server.get("/healthz");
      server.get("/healthz");
      server.get(JOB);
      server.get(JOB + "/result");
      server.get(JOB + "/result/more");
      server.get("/nothing/" + "x".repeat(50));
      server.send(
          server
              .request("/healthz")
              .method("BREW", java.net.http.HttpRequest.BodyPublishers.noBody()));
      raw(server, "HELLO\r\n");
      String metrics = TestServer.text(server.get("/metrics"));
      assertThat(metrics)
          .contains(
              count("/healthz", "GET", 200, 2),
              count("/api/v1/jobs/{id}", "GET", 404, 1),
              count("/api/v1/jobs/{id}/result", "GET", 404, 1),
              count("other", "GET", 404, 2),
              count("/healthz", "other", 405, 1),
              "delta_http_request_duration_seconds_count{route=\"/healthz\"} 3",
              "delta_http_request_duration_seconds_bucket{route=\"/healthz\",le=\"+Inf\"} 3",
              "delta_build_info{java=\"" + Runtime.version() + "\",version=\"0.")
          .doesNotContain("xxxx", "0123456789abcdef");
    }
  }

  private static String count(String route, String method, int status, int count) {
    return "delta_http_requests_total{method=\"%s\",route=\"%s\",status=\"%d\"} %d.0"
        .formatted(method, route, status, count);
  }

  @Test
  void aServerIsReadyUntilItStops() throws Exception {
    TestServer server = TestServer.start(folder, ServerOptions.defaults());
    try (server) {
      HttpResponse<byte[]> ready = server.get("/readyz");
      assertThat(TestServer.text(ready)).isEqualTo("{\"status\":\"ready\"}");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertProblem(server.post("/readyz", new byte[0]), 405, "GET");
    }
  }

  /** A request that ends its connection, and its answer. */
  private static String raw(TestServer server, String head) throws Exception {
    try (Socket socket = server.socket()) {
      byte[] request = (head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String id(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("X-Request-Id").orElseThrow();
  }
}
