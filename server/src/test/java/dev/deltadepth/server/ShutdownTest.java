package dev.deltadepth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.server.http.ServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ShutdownTest {
  @TempDir Path folder;

  @Test
  void whatIsBeingWorkedOnIsFinished() throws Exception {
    byte[] file = TestServer.png(TestServer.photo(1500, 1000), folder);
    TestServer server =
        TestServer.start(folder, ServerOptions.defaults().withLimits(TestServer.limits()));
    int port = server.server.port();
    try (server) {
      CompletableFuture<HttpResponse<byte[]>> answer =
          server.client.sendAsync(
              server
                  .request("/api/v1/depth?format=npy")
                  .POST(BodyPublishers.ofByteArray(file))
                  .build(),
              BodyHandlers.ofByteArray());
      while (server.metric("delta_workers_busy") == 0 && !answer.isDone()) {
        Thread.sleep(1);
      }
      server.server.close();
      assertThat(answer.join().statusCode()).isEqualTo(200);
      assertThat(answer.join().body()).hasSize(128 + 4 * 1500 * 1000);
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aTakenPortIsSaid() throws Exception {
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      int port = server.server.port();
      ServerOptions same = ServerOptions.defaults().withAddress("127.0.0.1", port);
      assertThatThrownBy(() -> DepthServer.start(server.model, same))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1, port " + port);
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anUnknownAddressIsSaid() throws Exception {
    try (TestServer server = TestServer.start(folder, ServerOptions.defaults())) {
      // An address of the range that is reserved for documentation.
      ServerOptions elsewhere = ServerOptions.defaults().withAddress("198.51.100.7", 0);
      assertThatThrownBy(() -> DepthServer.start(server.model, elsewhere))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("198.51.100.7");
    }
  }
}
