package dev.deltadepth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {
  @TempDir Path folder;

  @Test
  void whoDoesNotKnowTheTokenIsRefused() throws Exception {
    byte[] file = TestServer.png(TestServer.photo(40, 30), folder);
    try (TestServer server =
        TestServer.start(folder, ServerOptions.defaults().withToken("s3cret-e"))) {
      for (String path : new String[] {"/api/v1/model", "/api/v1/model.onnx", "/metrics"}) {
        assertRefused(server.get(path));
        assertThat(server.get(path, "Authorization", "Bearer s3cret-e").statusCode())
            .as(path)
            .isEqualTo(200);
      }
      assertRefused(server.post("/api/v1/depth", file));
      for (String wrong :
          new String[] {"Bearer", "Bearer s3cret-E", "Bearer s3cret-ee", "Basic s3cret-e", "x"}) {
        // After the right one on the same connection, where Jetty remembers headers.
        server.get("/api/v1/model", "Authorization", "Bearer s3cret-e");
        assertRefused(server.post("/api/v1/depth", file, "Authorization", wrong));
      }
      assertThat(
              server.post("/api/v1/depth", file, "Authorization", "bearer s3cret-e").statusCode())
          .isEqualTo(200);
      for (String open : new String[] {"/healthz", "/openapi.json", "/api"}) {
        assertThat(server.get(open).statusCode()).as(open).isEqualTo(200);
      }
    }
  }

  private static void assertRefused(HttpResponse<byte[]> response) throws Exception {
    DepthApiTest.assertProblem(response, 401, "token");
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void whatCannotStandInAHeaderIsNoToken() {
    for (String token : new String[] {"", " ", "two words", "clé", "a\nb"}) {
      assertThatThrownBy(() -> ServerOptions.defaults().withToken(token))
          .as(token)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
