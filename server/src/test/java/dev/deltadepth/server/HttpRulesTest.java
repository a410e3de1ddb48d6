package dev.deltadepth.server;

import static dev.deltadepth.server.DepthApiTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
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

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/api", "/metrics", "/api/v1/model", "/api/style.css"})
  void textsAreCompressedForWhoTakesThat(String path) throws Exception {
    HttpResponse<byte[]> plain = server.get(path);
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.headers().allValues("Vary")).contains("Accept-Encoding");
    HttpResponse<byte[]> never = server.get(path, "Accept-Encoding", "br, gzip;q=0");
    assertThat(never.headers().firstValue("Content-Encoding")).isEmpty();
    HttpResponse<byte[]> coded = server.get(path, "Accept-Encoding", "gzip");
    assertThat(coded.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(coded.body().length).isLessThan(plain.body().length);
    byte[] content = new GZIPInputStream(new ByteArrayInputStream(coded.body())).readAllBytes();
    if (!path.equals("/metrics")) {
      assertThat(content).isEqualTo(plain.body());
    }
    Optional<String> etag = coded.headers().firstValue("ETag");
    if (etag.isPresent()) {
      // The two are different bytes.
      assertThat(etag).isNotEqualTo(plain.headers().firstValue("ETag"));
      String[] known = {"If-None-Match", etag.get(), "Accept-Encoding", "gzip"};
      assertThat(server.get(path, known).statusCode()).isEqualTo(304);
      assertThat(server.get(path, "If-None-Match", etag.get()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void partsAndSmallAnswersAreNotCompressed() throws Exception {
    String[] part = {"Range", "bytes=5-14", "Accept-Encoding", "gzip"};
    HttpResponse<byte[]> some = server.get("/openapi.json", part);
    assertThat(some.statusCode()).isEqualTo(206);
    assertThat(some.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(
            server
                .get("/healthz", "Accept-Encoding", "gzip")
                .headers()
                .firstValue("Content-Encoding"))
        .isEmpty();
  }

  @Test
  void mapsInJsonAreCompressedForWhoTakesThat() throws Exception {
    byte[] file = TestServer.png(TestServer.photo(40, 30), folder);
    HttpResponse<byte[]> plain = server.post(DEPTH + "?format=json", file);
    HttpResponse<byte[]> coded =
        server.post(DEPTH + "?format=json", file, "Accept-Encoding", "gzip");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(coded.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(coded.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(
            server
                .post(DEPTH + "?format=npy", file, "Accept-Encoding", "gzip")
                .headers()
                .firstValue("Content-Encoding"))
        .isEmpty();
  }

  /** Who asks first learns that the body is not wanted, and need not send it. */
  @ParameterizedTest
  @CsvSource({
    "/api/v1/depth?size=1, 'Content-Length: 1000', 400",
    "/api/v1/depth, 'Content-Length: 999999999', 413",
    "/api/v1/depth, 'Content-Length: 1000\r\nContent-Type: text/html', 415",
    "/api/v1/depth, 'Content-Length: 1000\r\nAccept: text/html', 406",
    "/api/v1/depth, 'Content-Length: 1000\r\nOrigin: http://evil.example', 403",
    "/api/v1/photo?x=1, 'Transfer-Encoding: chunked', 400",
    "/api/v1/jobs?x=1, 'Content-Length: 1000', 400",
    "/api/v1/jobs, 'Content-Length: 999999999999', 413",
    "/healthz, 'Content-Length: 1000', 405",
    "/nothing, 'Content-Length: 1000', 404"
  })
  void aBodyThatIsNotWantedIsNotAskedFor(String path, String headers, int status) throws Exception {
    try (Socket socket = server.socket()) {
      String head =
          "POST "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
              + headers.replace("\\r\\n", "\r\n")
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 " + status).contains("Connection: close");
    }
  }

  @Test
  void aBodyThatIsWantedIsAskedFor() throws Exception {
    byte[] file = TestServer.png(TestServer.photo(40, 30), folder);
    HttpResponse<byte[]> response =
        server.send(
            server.request(DEPTH).expectContinue(true).POST(BodyPublishers.ofByteArray(file)));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/depth, image", "/api/v1/photo, image", "/api/v1/jobs, video"})
  void aFormHasOneFileAndNothingElse(String path, String name) throws Exception {
    String file = part(name, "; filename=\"f\"", "x");
    // Of the form there is nothing to say, only of the file.
    assertThat(form(path, file).statusCode()).isEqualTo(422);
    assertProblem(form(path, file + file), 400, name + " is given twice");
    assertProblem(form(path, file + part("note", "", "hello")), 400, "unknown field");
    assertProblem(form(path, part("note", "", "hello") + file), 400, "unknown field");
    assertProblem(form(path, part("other", "; filename=\"f\"", "x")), 400, "named " + name);
    assertProblem(form(path, part(name, "", "x")), 400, "has no file");
    assertProblem(form(path, ""), 400, "");
  }

  private HttpResponse<byte[]> form(String path, String parts) throws Exception {
    byte[] body = (parts + "--b--\r\n").getBytes(StandardCharsets.US_ASCII);
    return server.post(path, body, "Content-Type", "multipart/form-data; boundary=b");
  }

  private static String part(String name, String more, String content) {
    return "--b\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n"
        .formatted(name, more, content);
  }
}
