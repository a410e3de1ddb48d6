package dev.deltadepth.server;

import static dev.deltadepth.server.DepthApiTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters, methods, parts and validators, as HTTP wants them. */
class HttpRulesTest {
  private static final String DEPTH = "/api/v1/depth";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, ServerOptions.defaults());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?size=64&size=128", "?format=png&format=png", "?size=%zz", "?%=1", "?x"})
  void parametersAreUnderstoodOrRefused(String query) throws Exception {
    try (Socket socket = server.socket()) {
      socket
          .getOutputStream()
          .write(
              ("POST "
                      + DEPTH
                      + query
                      + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx")
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("problem+json");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/depth, POST",
    "PUT, /api/v1/depth, POST",
    "POST, /healthz, 'GET, HEAD'",
    "PATCH, /api/v1/jobs/1, 'DELETE, GET, HEAD'",
    "DELETE, /api/v1/jobs, POST"
  })
  void anotherMethodIsTold(String method, String path, String allowed) throws Exception {
    HttpResponse<byte[]> response =
        server.send(server.request(path).method(method, BodyPublishers.noBody()));
    assertProblem(response, 405, allowed);
    assertThat(response.headers().firstValue("Allow")).contains(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE"})
  void whatIsNotThereHasNoMethod(String method) throws Exception {
    assertProblem(
        server.send(server.request("/nothing").method(method, BodyPublishers.noBody())),
        404,
        "not found");
  }

  @Test
  void aFileIsGivenInParts() throws Exception {
    HttpResponse<byte[]> whole = server.get("/openapi.json");
    HttpResponse<byte[]> part = server.get("/openapi.json", "Range", "bytes=5-14");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 5, 15));
    assertThat(part.headers().firstValue("Content-Range"))
        .contains("bytes 5-14/" + whole.body().length);
    assertProblem(server.get("/openapi.json", "Range", "bytes=9999999-"), 416, "bytes");
    assertThat(
            server
                .get("/openapi.json", "Range", "bytes=5-14", "If-Range", "\"other\"")
                .statusCode())
        .isEqualTo(200);
    String etag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(server.get("/openapi.json", "If-None-Match", "\"x\", W/" + etag).statusCode())
        .isEqualTo(304);
  }
}
