package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * The model on the graphics processor: Chromium's WebGPU, done by a program (SwiftShader) that the
 * tests pass off as a processor. It takes seconds for a map, so the model says that it is for
 * smaller pictures than it is.
 */
final class GraphicsTest extends ChromiumStage {
  private static final int SIZE = 64;
  private static final String RUNTIME = "ort-graphics.wasm";

  private static final String PROCESSOR =
      """
      Object.defineProperty(GPUAdapter.prototype, 'info',
        { get: () => ({ vendor: 'test', architecture: 'test', device: '', description: '' }) });
      """;

  /** Graphics measures itself by a clock that goes more slowly. */
  private static final String QUICK =
      """
      const clock = performance.now.bind(performance);
      performance.now = () => clock() / 10000;
      """;

  /**
   * Says what graphics answers, and how often: 'said-ready-1', 'said-map-2', 'said-failed-1';
   * before it does, because it may be ended for it.
   */
  private static final String SAYING =
      """
      const post = self.postMessage.bind(self);
      const counts = {};
      self.postMessage = (message, buffers) => {
        counts[message.type] = (counts[message.type] || 0) + 1;
        fetch('said-' + message.type + '-' + counts[message.type]).then(() => post(message, buffers));
      };
      """;

  @Override
  String[] flags() {
    return new String[] {
      "--enable-unsafe-webgpu",
      "--use-webgpu-adapter=swiftshader",
      "--enable-features=Vulkan",
      "--use-vulkan=swiftshader",
      "--disable-vulkan-surface"
    };
  }

  /** The app with this before its graphics, and the trial begun. */
  private AppServer tried(String... before) throws IOException {
    return tried(otherServer().before("graphics.js", String.join("", before)));
  }

  /** A photo's map by WebAssembly begins the trial. */
  private AppServer tried(AppServer small) throws IOException {
    openApp(small.with("delta.onnx", smallModel()));
    estimatePhoto();
    assertThat(chromium.text("timing")).endsWith("on this device");
    return small;
  }

  private static byte[] smallModel() throws IOException {
    String model = new String(AppServer.resource("delta.onnx"), StandardCharsets.ISO_8859_1);
    String key = "delta.native_size\u0012\u0003";
    assertThat(model).containsOnlyOnce(key + "256");
    return model.replace(key + "256", key + "0" + SIZE).getBytes(StandardCharsets.ISO_8859_1);
  }

  private void awaitSaid(AppServer small, String what) {
    chromium.await("graphics says " + what, () -> small.missed().contains("said-" + what));
  }

  private void assertThatWebAssemblyGoesOn() {
    for (int i = 0; i < 3; i++) {
      estimatePhoto();
      assertThat(chromium.text("timing")).endsWith("on this device");
    }
  }

  @Test
  void graphicsEstimatesTheSameUntilItIsLost() throws IOException {
    AppServer small =
        tried(
            PROCESSOR,
            QUICK,
            SAYING,
            """
            const request = GPUAdapter.prototype.requestDevice;
            let device, inputs = 0;
            GPUAdapter.prototype.requestDevice = async function(wish) {
              return device = await request.call(this, wish);
            };
            // The model, the trial's two, and one more.
            self.addEventListener('message', () => { if (++inputs === 5) device.destroy(); });
            """);
    chromium.await(
        "graphics estimates",
        () -> {
          estimatePhoto();
          return chromium.text("timing").contains("graphics");
        });
    assertThat(chromium.text("timing"))
        .matches("\\d+ ms · on this device, on the graphics processor");
    byte[] saved = chromium.savedAs("save-grey").bytes();
    GreyImage map = GreyImage.read(Files.write(folder.resolve("graphics.png"), saved));
    EstimatorOptions options = EstimatorOptions.defaults().withSize(SIZE);
    try (DepthEstimator estimator = DepthEstimator.embedded(options)) {
      DepthMap jvm = estimator.estimate(street);
      assertThat(differenceFrom(jvm, map)).isLessThan(655);
    }
    assertThatWebAssemblyGoesOn();
    assertThat(small.missed()).contains("said-failed-1");
    assertThat(chromium.isShown("problem")).isFalse();
  }

  @Test
  void graphicsWithAnotherMapIsLeftOut() throws IOException {
    String grey =
        """
        const found = () => self.postMessage({ type: 'ready', id: 0 });
        const estimate = ({ width, height }) => self.postMessage({
          type: 'map', id: 0, milliseconds: 0, mapWidth: width, mapHeight: height,
          map: new Float32Array(width * height).fill(0.5).buffer
        });
        self.onmessage = () => {
          self.onmessage = (event) => estimate(event.data);
          found();
        };
        found();
        """;
    AppServer small =
        tried(otherServer().with("graphics.js", (SAYING + grey).getBytes(StandardCharsets.UTF_8)));
    awaitSaid(small, "map-2");
    assertThatWebAssemblyGoesOn();
    assertThat(small.missed()).doesNotContain("said-map-3");
  }

  @Test
  void slowerGraphicsIsLeftOut() throws IOException {
    AppServer small = tried(PROCESSOR, SAYING);
    awaitSaid(small, "map-2");
    assertThatWebAssemblyGoesOn();
    assertThat(small.missed()).doesNotContain("said-map-3");
  }

  @Test
  void aProgramInsteadOfAProcessorIsLeftOut() throws IOException {
    AppServer small = tried(SAYING);
    awaitSaid(small, "failed-1");
    assertThatWebAssemblyGoesOn();
    assertThat(small.sent()).doesNotContainKey(RUNTIME);
  }
}
