package dev.deltadepth.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.RgbImage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverloadTest {
  private static final String NPY = "/api/v1/depth?format=npy&size=32";

  @TempDir Path folder;

  @Test
  void whatDoesNotFitIntoTheQueueIsRefusedAndTheRestIsRight() throws Exception {
    Limits limits = TestServer.limits().withQueue(2);
    byte[] file = TestServer.png(TestServer.photo(900, 600), folder);
    try (TestServer server =
        TestServer.start(folder, ServerOptions.defaults().withLimits(limits))) {
      byte[] alone = server.post(NPY, file).body();
      List<CompletableFuture<HttpResponse<byte[]>>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(post(server, file));
      }
      int served = 0;
      int refused = 0;
      for (CompletableFuture<HttpResponse<byte[]>> one : all) {
        HttpResponse<byte[]> response = one.join();
        if (response.statusCode() == 200) {
          assertThat(response.body()).isEqualTo(alone);
          served++;
        } else {
          DepthApiTest.assertProblem(response, 503, "busy");
          assertThat(response.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d*");
          refused++;
        }
      }
      assertThat(served).isGreaterThanOrEqualTo(3);
      assertThat(refused).isPositive();
      assertThat(server.metric("delta_requests_total{status=\"200\"}")).isEqualTo(served + 1);
      assertThat(server.metric("delta_requests_total{status=\"503\"}")).isEqualTo(refused);
      assertThat(server.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void bodiesAndAnswersTakeNoMoreThanTheirMemory() throws Exception {
    byte[] file = TestServer.png(TestServer.photo(200, 200), folder);
    Limits limits = TestServer.limits().withBodyBytes(file.length).withMemory(file.length);
    try (TestServer server =
        TestServer.start(folder, ServerOptions.defaults().withLimits(limits))) {
      // 160 kB of floats from less than that.
      assertThat(file.length).isLessThan(160_000);
      DepthApiTest.assertProblem(
          server.post(NPY, file), 503, "memory for photos and maps is used up");
      assertThat(server.post("/api/v1/depth", file).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void photosThatWaitTooLongAreGivenUp() throws Exception {
    // Quick to send and slow to work on.
    byte[] file = TestServer.png(new RgbImage(2000, 1500, new byte[9_000_000]), folder);
    Limits limits = TestServer.limits().withQueue(20).withTime(Duration.ofMillis(400));
    try (TestServer server =
        TestServer.start(folder, ServerOptions.defaults().withLimits(limits))) {
      List<CompletableFuture<HttpResponse<byte[]>>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(post(server, file));
      }
      List<String> refusals = new ArrayList<>();
      for (CompletableFuture<HttpResponse<byte[]>> one : all) {
        if (one.join().statusCode() != 200) {
          refusals.add(TestServer.text(one.join()));
        }
      }
      assertThat(refusals).anyMatch(text -> text.contains("processing the photo took too long"));
      assertThat(server.metric("delta_queue_length")).isZero();
    }
  }

  private static CompletableFuture<HttpResponse<byte[]>> post(TestServer server, byte[] file) {
    return server.client.sendAsync(
        server.request(NPY).POST(BodyPublishers.ofByteArray(file)).build(),
        BodyHandlers.ofByteArray());
  }
}
