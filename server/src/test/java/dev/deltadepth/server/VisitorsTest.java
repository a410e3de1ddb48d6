package dev.deltadepth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisitorsTest {
  private static final String DEPTH = "/api/v1/depth";

  @TempDir Path folder;

  /** What a request for a host gets, which Java's client does not let one choose. */
  private static String answer(TestServer server, String host) throws Exception {
    try (Socket socket = server.socket()) {
      String request = "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int status(TestServer server, String host) throws Exception {
    return Integer.parseInt(answer(server, host).substring(9, 12));
  }

  @Test
  void onLoopbackItGoesByLocalNamesAlone() throws Exception {
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      for (String own :
          List.of(
              "localhost",
              "LOCALHOST:8080",
              "127.0.0.1",
              "127.0.0.9:1",
              "[::1]",
              "[::1]:80",
              "delta.localhost",
              "localhost.")) {
        assertThat(status(server, own)).as(own).isEqualTo(200);
      }
      for (String other :
          List.of(
              "evil.example",
              "evil.example:8080",
              "localhost.evil.example",
              "192.168.1.7",
              "127.0.0.1.evil.example",
              "127.0.0." + "1".repeat(300),
              "d".repeat(300) + ".localhost",
              "[2001:db8::1]")) {
        assertThat(status(server, other)).as(other).isEqualTo(421);
      }
      assertThat(answer(server, "evil.example"))
          .contains("application/problem+json")
          .contains("does not go by that name");
    }
  }

  @Test
  void theOperatorGivesItNames() throws Exception {
    ServerOptions options = ServerOptions.defaults().withNames(List.of("Depth.example"));
    try (TestServer server = TestServer.start(folder, options)) {
      assertThat(status(server, "depth.EXAMPLE:443")).isEqualTo(200);
      assertThat(status(server, "other.example")).isEqualTo(421);
    }
  }

  @Test
  void aForeignPageCannotSendPhotos() throws Exception {
    byte[] file = TestServer.png(TestServer.photo(40, 30), folder);
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      String own = server.uri("").toString();
      for (String[] headers :
          new String[][] {
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
            {"Origin", "http://127.0.0.1:1"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"}
          }) {
        DepthApiTest.assertProblem(server.post(DEPTH, file, headers), 403, "other origins");
        assertThat(server.get("/api/v1/model", headers).headers().map())
            .doesNotContainKey("access-control-allow-origin");
      }
      for (String[] headers :
          new String[][] {
            {"Origin", own}, {"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Site", "none"}
          }) {
        assertThat(server.post(DEPTH, file, headers).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void anAllowedPageCan() throws Exception {
    byte[] file = TestServer.png(TestServer.photo(40, 30), folder);
    String friend = "https://friend.example";
    ServerOptions options =
        ServerOptions.defaults().withOrigins(List.of(friend)).withToken("secret");
    try (TestServer server = TestServer.start(folder, options)) {
      HttpResponse<byte[]> asked =
          server.send(
              server
                  .request(
                      DEPTH,
                      "Origin",
                      friend,
                      "Access-Control-Request-Method",
                      "POST",
                      "Access-Control-Request-Private-Network",
                      "true")
                  .method("OPTIONS", BodyPublishers.noBody()));
      assertThat(asked.statusCode()).isEqualTo(204);
      assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).contains(friend);
      assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
          .contains("Authorization");
      assertThat(asked.headers().firstValue("Access-Control-Allow-Private-Network"))
          .contains("true");
      HttpResponse<byte[]> map =
          server.post(
              DEPTH,
              file,
              "Origin",
              friend,
              "Sec-Fetch-Site",
              "cross-site",
              "Authorization",
              "Bearer secret");
      assertThat(map.statusCode()).isEqualTo(200);
      assertThat(map.headers().firstValue("Access-Control-Allow-Origin")).contains(friend);
      assertThat(map.headers().allValues("Vary")).contains("Origin");
      // Without the token it is refused, and the page may read why.
      HttpResponse<byte[]> refused = server.post(DEPTH, file, "Origin", friend);
      DepthApiTest.assertProblem(refused, 401, "token");
      assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).contains(friend);
      DepthApiTest.assertProblem(
          server.send(
              server
                  .request(DEPTH, "Origin", "https://evil.example")
                  .method("OPTIONS", BodyPublishers.noBody())),
          403,
          "origin");
    }
  }

  @Test
  void whatIsNoOriginIsRefused() {
    for (String text : List.of("", "*", "example.org", "https://example.org/", "https://a b")) {
      assertThatThrownBy(() -> ServerOptions.defaults().withOrigins(List.of(text)))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
