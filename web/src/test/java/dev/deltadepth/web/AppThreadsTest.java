package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.io.map.GreyImage;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Several threads, on a machine that says it has enough cores. */
final class AppThreadsTest extends ChromiumStage {
  private static final String CORES =
      """
      Object.defineProperty(Object.getPrototypeOf(self.navigator), 'hardwareConcurrency',
        { get: () => 8 });
      """;

  /** The first visit brings the service worker, which isolates the page from the second on. */
  private AppServer openTwice(String worker) throws IOException {
    AppServer many = otherServer().before("sw.js", CORES).before("worker.js", CORES + worker);
    openApp(many);
    chromium.await(
        "the service worker is there",
        () -> Boolean.TRUE.equals(chromium.value("!!navigator.serviceWorker.controller")));
    assertThat(chromium.value("self.crossOriginIsolated")).isEqualTo(false);
    openApp(many);
    assertThat(chromium.value("self.crossOriginIsolated")).isEqualTo(true);
    return many;
  }

  private GreyImage savedMap() throws IOException {
    byte[] bytes = chromium.savedAs("save-grey").bytes();
    return GreyImage.read(Files.write(folder.resolve("threads.png"), bytes));
  }

  @Test
  void severalThreadsEstimateTheSame() throws IOException {
    AppServer many = openTwice("");
    estimatePhoto();
    assertThat(chromium.text("timing")).matches("\\d+ ms · on this device");
    assertThat(many.sent()).containsKeys("ort-threads.js", "ort-wasm-simd-threaded.wasm");
    assertIsExpected(savedMap());
    openApp(many);
    many.disconnect();
    openApp(many);
    estimatePhoto();
    assertIsExpected(savedMap());
  }

  @Test
  void whereThreadsCannotStartOneThreadEstimates() throws IOException {
    openTwice("self.Worker = undefined;\n");
    estimatePhoto();
    assertThat(chromium.text("timing")).matches("\\d+ ms · on this device");
    assertIsExpected(savedMap());
  }
}
