package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A browser, a server, a photo and its map from the JVM: what all tests of the app need. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AppStage {
  /** Of the map's range, 0..65535: a thousandth. */
  private static final int THOUSANDTH = 66;

  @TempDir static Path folder;

  Path photo;
  RgbImage street;
  DepthMap expected;
  AppServer server;
  private @Nullable AppServer other;

  /** The browser, which has been opened. */
  abstract TestBrowser browser();

  @BeforeAll
  void drawAndEstimate() {
    street = Pictures.street();
    photo = folder.resolve("street.png");
    ImageFiles.writePng(street, photo);
    try (DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
      expected = estimator.estimate(street);
    }
  }

  /** Most tests share a server, so that the browser keeps what it has loaded. */
  @BeforeAll
  void startServer() throws IOException {
    server = AppServer.start();
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @AfterEach
  void forgetSettings() {
    // A test that leaves this browser alone may leave it at a blank page, which has no settings.
    browser().value("self.origin !== 'null' && localStorage.clear()");
    if (other != null) {
      other.close();
      other = null;
    }
  }

  /** A server of a test's own, at an address of its own: the browser knows nothing of it yet. */
  AppServer otherServer() throws IOException {
    other = AppServer.start();
    return other;
  }

  Path photo() {
    return photo;
  }

  void openApp() {
    openApp(server);
  }

  void openApp(AppServer from) {
    // The same address again would be a reload, which leads back to the last photo.
    browser().open("about:blank");
    browser().open(from.address());
    browser().awaitModel();
  }

  /** Twelve frames of the street, ten a second, each a little further to the right. */
  Path film() {
    Path file = folder.resolve("street.mp4");
    return Files.exists(file)
        ? file
        : Films.make(
            file,
            "-loop 1 -framerate 10 -i "
                + photo
                + " -frames:v 12 -vf scale=400:300,crop=320:240:4*n:0"
                + " -c:v libopenh264 -pix_fmt yuv420p FILE");
  }

  /** Opens the film, and waits until its first frame has a map. */
  void openFilm() {
    browser().choose("file", film());
    awaitPlan();
  }

  /** Waits until a film is there, and it is said how long its clip will take. */
  void awaitPlan() {
    browser()
        .await(
            "the clip can be made",
            // At one moment: before the film is there, the button is hidden, but enabled.
            () ->
                Boolean.TRUE.equals(
                    browser()
                        .value(
                            "(begin => !begin.disabled && begin.getClientRects().length > 0)("
                                + "document.getElementById('film-begin'))")));
  }

  void estimatePhoto() {
    // What it says of the photo before is not the answer.
    browser().value("document.getElementById('timing').textContent = ''");
    browser().choose("file", photo);
    browser().awaitMap();
  }

  /** Whether a grey map that the app saved is the JVM's, to a thousandth of its range. */
  void assertIsExpected(GreyImage map) {
    assertThat(differenceFrom(expected, map)).isLessThanOrEqualTo(THOUSANDTH);
  }

  /** How far a grey map that the app saved is from the JVM's at most, of 0..65535. */
  int differenceFrom(DepthMap expectedMap, GreyImage map) {
    assertThat(map.bits()).isEqualTo(16);
    assertThat(map.width()).isEqualTo(street.width());
    assertThat(map.height()).isEqualTo(street.height());
    char[] jvm = Normalization.of(expectedMap).sixteenBits(expectedMap);
    int worst = 0;
    for (int i = 0; i < jvm.length; i++) {
      worst = Math.max(worst, Math.abs(jvm[i] - map.data()[i]));
    }
    return worst;
  }
}
