package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a user does with a film before a clip is made of it. */
@Tag("app")
abstract class AppFilmsTest extends AppStage {
  /** Keeps the first frame that the page sends to its worker, and the map that comes back. */
  private static final String LISTEN =
      """
      if (self.document) {
        const Plain = self.Worker;
        const text = bytes => {
          let all = '';
          for (const byte of new Uint8Array(bytes)) all += String.fromCharCode(byte);
          return btoa(all);
        };
        self.Worker = class extends Plain {
          constructor(address) {
            super(address);
            this.addEventListener('message', event => {
              if (event.data.type === 'map' && !self.firstMap) {
                self.firstMap = text(event.data.data.slice(0));
              }
            });
          }
          postMessage(message, moved) {
            if (message.type === 'frame' && !self.firstFrame) {
              self.firstFrame = text(message.data.slice(0));
              self.firstWidth = String(message.width);
            }
            super.postMessage(message, moved);
          }
        };
      }
      """;

  @Test
  void theMapOfAFilmsFrameIsThatOfTheJvm() throws IOException {
    openApp(otherServer().before("app.js", LISTEN));
    openFilm();
    assertThat(browser().text("film-text"))
        .matches("About 1\\d frames\\. That takes about \\d+ s on this device\\.");
    assertThat(browser().value("document.activeElement.id")).isEqualTo("view");
    int width = Integer.parseInt(String.valueOf(browser().value("self.firstWidth")));
    RgbImage frame = opaque(bytes("self.firstFrame"), width);
    ByteBuffer map = ByteBuffer.wrap(bytes("self.firstMap")).order(ByteOrder.LITTLE_ENDIAN);
    DepthMap jvm;
    try (DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
      jvm = estimator.estimate(frame);
    }
    Normalization range = Normalization.of(jvm);
    double worst = 0;
    for (int i = 0; i < jvm.data().length; i++) {
      worst = Math.max(worst, Math.abs(jvm.data()[i] - map.getFloat(4 * i)));
    }
    assertThat(worst / (range.high() - range.low())).isLessThan(1e-3);
    // The frame is that of the film, not an empty one.
    assertThat(range.high() - range.low()).isGreaterThan(0.1f);
    assertThat(frame.width()).isEqualTo(320);
  }

  private byte[] bytes(String expression) {
    return Base64.getDecoder().decode(String.valueOf(browser().value(expression)));
  }

  private static RgbImage opaque(byte[] rgba, int width) {
    byte[] rgb = new byte[rgba.length / 4 * 3];
    for (int from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
      System.arraycopy(rgba, from, rgb, to, 3);
    }
    return new RgbImage(width, rgba.length / 4 / width, rgb);
  }

  @Test
  void aFilmThatCannotBeShownIsSaidInClearWords() throws IOException {
    openApp();
    refuse(
        Films.make(folder.resolve("sound.mp4"), "-f lavfi -i sine=d=1 -c:a aac FILE"),
        "This video has no picture");
    byte[] whole = Files.readAllBytes(film());
    refuse(
        Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, whole.length * 2 / 3)),
        "This video is cut off");
    refuse(
        Files.writeString(folder.resolve("holiday.mp4"), "something"),
        "This browser cannot play this video");
    assertThat(browser().isShown("start")).isTrue();
    openFilm();
    assertThat(browser().isShown("problem")).isFalse();
  }

  @Test
  void aFilmWithoutLengthIsSaidToBeEmpty() throws IOException {
    openApp(
        otherServer()
            .before(
                "app.js",
                "if (self.document) Object.defineProperty(HTMLMediaElement.prototype, 'duration',"
                    + " {get: () => 0});\n"));
    refuse(film(), "This video is empty");
    assertThat(browser().isShown("start")).isTrue();
  }

  private void refuse(Path file, String title) {
    browser().choose("file", file);
    browser().await(title, () -> browser().text("problem-title").equals(title));
    assertThat(browser().text("problem-text")).contains(file.getFileName().toString());
  }

  @Test
  void backLeadsFromAFilmToTheCameraAndToTheStart() {
    openApp();
    browser().click("live");
    browser().await("maps come", () -> browser().isShown("rate"));
    openFilm();
    assertThat(browser().isShown("live-bar")).isFalse();
    assertThat(browser().value("document.getElementById('video').srcObject")).isNull();
    browser().value("history.back()");
    browser().await("the camera is back", () -> browser().isShown("rate"));
    assertThat(browser().isShown("view")).isTrue();
    assertThat(browser().isShown("film-begin")).isFalse();
    browser().click("live-close");
    browser().awaitShown("start");
    openFilm();
    browser().press("view", "Escape");
    browser().awaitShown("start");
    estimatePhoto();
    assertThat(browser().text("tag-photo")).isEqualTo("Photo");
  }

  @Test
  void noFilmIsSentToAServer() throws IOException {
    AppServer own = otherServer().withApi().before("worker.js", "self.WebAssembly = undefined;");
    openApp(own);
    browser().choose("file", film());
    browser().awaitShown("problem");
    assertThat(browser().text("problem-text")).contains("videos are not sent to a server");
    assertThat(own.sent()).doesNotContainKey("api/v1/depth");
  }
}
