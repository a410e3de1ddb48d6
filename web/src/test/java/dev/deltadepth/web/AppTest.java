package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.web.TestBrowser.Saved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user does with the app, in a real browser; the subclasses say in which. */
@Tag("app")
abstract class AppTest extends AppHabitsTest {
  @Test
  void aPhotoBecomesTheJvmsMap() throws IOException {
    openApp();
    estimatePhoto();
    assertThat(browser().text("timing")).matches("\\d+ ms · on this device");
    assertThat(browser().isShown("divider")).isTrue();
    assertThat(browser().isShown("start")).isFalse();
    Saved saved = browser().savedAs("save-grey");
    assertThat(saved.name()).isEqualTo("street.depth16.png");
    assertIsExpected(GreyImage.read(Files.write(folder.resolve("saved.png"), saved.bytes())));
  }

  @Test
  void coloursChangeWithoutEstimatingAgainAndAreSaved() {
    openApp();
    estimatePhoto();
    String timing = browser().text("timing");
    assertColoured(browser().savedAs("save-colour"), "inferno");
    browser().value("document.querySelector('[data-colours=viridis]').click()");
    assertThat(browser().text("timing")).isEqualTo(timing);
    assertColoured(browser().savedAs("save-colour"), "viridis");
  }

  private void assertColoured(Saved saved, String colours) {
    assertThat(saved.name()).isEqualTo("street.depth.png");
    RgbImage image = ImageFiles.read(saved.bytes(), saved.name());
    RgbImage jvm = Colormap.named(colours).apply(expected);
    assertThat(image.width()).isEqualTo(jvm.width());
    assertThat(image.height()).isEqualTo(jvm.height());
    double sum = 0;
    for (int i = 0; i < jvm.data().length; i++) {
      sum += Math.abs((jvm.data()[i] & 0xff) - (image.data()[i] & 0xff));
    }
    assertThat(sum / jvm.data().length).as(colours).isLessThan(1);
  }

  @Test
  void photoAndMapAreSavedSideBySide() {
    openApp();
    estimatePhoto();
    Saved saved = browser().savedAs("save-side");
    RgbImage both = ImageFiles.read(saved.bytes(), saved.name());
    assertThat(both.width()).isEqualTo(2 * street.width());
    assertThat(both.height()).isEqualTo(street.height());
    for (int c = 0; c < 3; c++) {
      assertThat(both.value(100, 120, c)).isEqualTo(street.value(100, 120, c));
    }
  }

  @Test
  void aPointIsReadByTouchAndByKey() {
    openApp();
    estimatePhoto();
    assertThat(browser().isShown("reading")).isFalse();
    browser().press("view", "ArrowRight");
    assertThat(Integer.parseInt(browser().text("reading"))).isBetween(0, 100);
    int before = Integer.parseInt(browser().text("reading"));
    for (int i = 0; i < 20; i++) {
      browser().press("view", "ArrowDown");
    }
    // The lower part of a street is nearer than its middle.
    assertThat(Integer.parseInt(browser().text("reading"))).isGreaterThan(before);
  }

  @Test
  void theDividerMovesByKey() {
    openApp();
    estimatePhoto();
    browser().press("divider", "ArrowRight");
    assertThat(browser().attribute("divider", "aria-valuenow")).isEqualTo("52");
    browser().press("divider", "Home");
    assertThat(browser().attribute("divider", "aria-valuenow")).isEqualTo("0");
    browser().click("view-side");
    assertThat(browser().isShown("divider")).isFalse();
    browser().click("view-divider");
    assertThat(browser().isShown("divider")).isTrue();
  }

  @Test
  void theImageFillsItsStageWhenThePageGetsNarrower() {
    openApp();
    estimatePhoto();
    // As a scrollbar does.
    browser().value("document.getElementById('work').style.paddingRight = '40px'");
    browser()
        .await(
            "the canvas is as wide as its stage",
            () ->
                Boolean.TRUE.equals(
                    browser()
                        .value("Math.abs(view.width - stage.clientWidth * devicePixelRatio) < 1")));
  }

  @Test
  void liveDepthRunsUntilAPictureIsKept() {
    openApp();
    browser().click("live");
    browser().awaitShown("live-bar");
    browser().await("maps come", () -> browser().text("timing").contains("frames per second"));
    browser().await("maps come more than once", () -> !browser().text("timing").startsWith("0.0 "));
    assertThat(browser().value("document.getElementById('detail').textContent").toString())
        .containsPattern("\\d+ frames dropped · size \\d+");
    browser().click("shutter");
    browser()
        .await("the kept picture has a map", () -> browser().text("timing").contains("device"));
    assertThat(browser().isShown("live-bar")).isFalse();
    assertThat(browser().value("document.getElementById('video').srcObject")).isNull();
  }

  @Test
  void aCameraThatDoesNotOpenIsSaidInClearWords() {
    openApp();
    Map<String, String> titles =
        Map.of(
            "NotAllowedError", "Camera access is not allowed",
            "NotFoundError", "No camera found",
            "NotReadableError", "The camera is in use");
    titles.forEach(
        (error, title) -> {
          browser()
              .value(
                  "!(navigator.mediaDevices.getUserMedia = () =>"
                      + " Promise.reject(new DOMException('', '"
                      + error
                      + "')))");
          browser().click("live");
          browser().await(title, () -> browser().text("problem-title").equals(title));
          assertThat(browser().isShown("problem")).isTrue();
          assertThat(browser().text("problem-text")).isNotEmpty();
          assertThat(browser().isShown("start")).isTrue();
        });
    estimatePhoto();
    assertThat(browser().isShown("problem")).isFalse();
  }

  @Test
  void aFileThatIsNoPictureIsSaidInClearWords() throws IOException {
    openApp();
    browser().choose("file", Files.writeString(folder.resolve("no.png"), "no picture"));
    browser().awaitShown("problem");
    assertThat(browser().text("problem-title")).isEqualTo("This image cannot be read");
    assertThat(browser().attribute("problem", "role")).isEqualTo("alert");
  }

  /** Chromium and WebKitGTK do not decode HEIC; Safari does. */
  @Test
  void aPhotoThatTheBrowserCannotDecodeIsCalledByItsKind() throws IOException {
    openApp();
    browser().choose("file", Files.writeString(folder.resolve("IMG_0001.HEIC"), "a photo"));
    browser().awaitShown("problem");
    assertThat(browser().text("problem-text"))
        .contains("does not support HEIC")
        .contains("not sent anywhere")
        .contains("JPEG");
  }

  /** A portable map stands for HEIC: no browser decodes it, the tests' server does. */
  @Test
  void theServerDecodesWhatTheBrowserCannotIfTheUserSendsIt() throws IOException {
    Path foreign = folder.resolve("IMG_0002.HEIC");
    byte[] head =
        "P6 %d %d 255\n"
            .formatted(street.width(), street.height())
            .getBytes(StandardCharsets.US_ASCII);
    byte[] content = Arrays.copyOf(head, head.length + street.data().length);
    System.arraycopy(street.data(), 0, content, head.length, street.data().length);
    Files.write(foreign, content);
    AppServer own = otherServer().withApi();
    openApp(own);
    browser().choose("file", foreign);
    browser().awaitShown("problem");
    assertThat(browser().text("problem-text")).contains("only if you send it");
    assertThat(own.sent()).doesNotContainKey("api/v1/photo");
    // Asked twice, it is sent once.
    browser().choose("file", foreign);
    browser().awaitShown("problem");
    browser().click("notice-action");
    browser().awaitMap();
    assertThat(own.sent())
        .containsEntry("api/v1/photo", (long) ImageFiles.jpeg(street, 0.95f).length);
    Saved saved = browser().savedAs("save-colour");
    assertThat(saved.name()).isEqualTo("IMG_0002.depth.png");
    assertThat(ImageFiles.read(saved.bytes(), saved.name()).width()).isEqualTo(street.width());
  }

  @Test
  void photosAreUprightAsTheirExifSays() throws IOException {
    Path turned = folder.resolve("turned.jpg");
    Pictures.turned(street, turned);
    openApp();
    browser().choose("file", turned);
    browser().awaitMap();
    Saved saved = browser().savedAs("save-colour");
    RgbImage image = ImageFiles.read(saved.bytes(), saved.name());
    assertThat(image.width()).isEqualTo(street.height());
    assertThat(image.height()).isEqualTo(street.width());
  }

  @Test
  void itWorksOfflineOnceLoaded() throws IOException {
    AppServer network = otherServer();
    openApp(network);
    browser()
        .await(
            "everything is kept",
            () -> isKept("index.html") && isKept("delta.onnx") && isKept("ort-wasm-simd.wasm"));
    network.disconnect();
    browser().reload();
    browser().awaitModel();
    estimatePhoto();
    assertThat(browser().text("timing")).contains("on this device");
  }

  private boolean isKept(String file) {
    return Boolean.TRUE.equals(
        browser().value("caches.match('" + file + "').then(found => !!found)"));
  }

  @Test
  void aPhotoCanBeChosenWhileTheModelLoads() throws IOException {
    browser().open(otherServer().pauseBeforeModel(5000).address());
    browser().awaitShown("loading");
    browser().choose("file", photo);
    browser().awaitShown("processing");
    assertThat(browser().text("processing-text")).startsWith("Your photo will be processed");
    browser().awaitMap();
  }

  @Test
  void withoutVectorInstructionsTheOtherRuntimeMakesTheSameMap() throws IOException {
    AppServer old =
        otherServer().before("worker.js", "WebAssembly.validate = function() { return false; };");
    openApp(old);
    estimatePhoto();
    assertThat(browser().text("timing")).endsWith("without SIMD");
    assertThat(old.sent()).containsKey("ort-wasm.wasm").doesNotContainKey("ort-wasm-simd.wasm");
    Saved saved = browser().savedAs("save-grey");
    assertIsExpected(GreyImage.read(Files.write(folder.resolve("basic.png"), saved.bytes())));
  }

  /** As in Safari 12 and 13; Safari 14 lacks only the arrays. */
  @Test
  void aBrowserWithoutBigIntEstimatesTheSame() throws IOException {
    String names = "BigInt, BigInt64Array, BigUint64Array";
    String app = new String(AppServer.resource("app.js"), StandardCharsets.UTF_8);
    // Hidden from the page's program only: the tests' drivers need them.
    String without = "(function() { var " + names + ";" + app + "\n})();";
    openApp(
        otherServer()
            .with("app.js", without.getBytes(StandardCharsets.UTF_8))
            .before("worker.js", "delete self." + names.replace(", ", "; delete self.") + ";\n"));
    estimatePhoto();
    assertThat(browser().text("timing")).matches("\\d+ ms · on this device");
    Saved saved = browser().savedAs("save-grey");
    assertIsExpected(GreyImage.read(Files.write(folder.resolve("old.png"), saved.bytes())));
    assertThat(browser().savedAs("save-glb").bytes().length).isGreaterThan(100_000);
  }

  @Test
  void aBrowserThatIsTooOldIsTold() throws IOException {
    browser().open(otherServer().before("old.js", "self.Worker = undefined;").address());
    browser().awaitShown("old");
    assertThat(browser().text("old")).startsWith("This browser is too old for Delta");
    assertThat(browser().isShown("start")).isFalse();
  }

  @Test
  void withoutWebAssemblyTheServerEstimatesAndThePageSaysSo() throws IOException {
    openApp(otherServer().withApi().before("worker.js", "self.WebAssembly = undefined;"));
    assertThat(browser().text("notice-text")).contains("sent to the server");
    estimatePhoto();
    assertThat(browser().text("timing")).endsWith("on the server");
    Saved saved = browser().savedAs("save-grey");
    assertIsExpected(GreyImage.read(Files.write(folder.resolve("served.png"), saved.bytes())));
  }

  @Test
  void theServersTokenComesWithTheAddress() throws IOException {
    AppServer guarded =
        otherServer().withApiFor("a+b").before("worker.js", "self.WebAssembly = undefined;");
    browser().open(guarded.address() + "#token=a%2Bb");
    browser().awaitModel();
    estimatePhoto();
    assertThat(browser().text("timing")).endsWith("on the server");
  }

  @Test
  void aModelThatDoesNotComeAtFirstIsAskedForAgain() throws IOException {
    AppServer bad = otherServer().refuseModel(2);
    openApp(bad);
    assertThat(bad.sent()).containsKey("delta.onnx");
    assertThat(browser().isShown("problem")).isFalse();
    estimatePhoto();
  }

  @Test
  void withNeitherThePageSaysThatItCannot() throws IOException {
    browser().open(otherServer().before("worker.js", "self.WebAssembly = undefined;").address());
    browser().awaitShown("problem");
    assertThat(browser().text("problem-title")).isEqualTo("The model could not be loaded");
  }

  @Test
  void darkAndLightAreSwitchedAndKept() {
    openApp();
    String before = String.valueOf(browser().value(BACKGROUND));
    browser().click("theme");
    String after = String.valueOf(browser().value(BACKGROUND));
    assertThat(after).isNotEqualTo(before);
    browser().reload();
    assertThat(browser().value(BACKGROUND)).isEqualTo(after);
  }

  private static final String BACKGROUND = "getComputedStyle(document.body).backgroundColor";

  @Test
  void arabicReadsFromTheRight() {
    openApp();
    browser().click("language");
    assertThat(browser().value("document.documentElement.dir")).isEqualTo("rtl");
    assertThat(browser().value("document.documentElement.lang")).isEqualTo("ar");
    assertThat(browser().text("choose")).isEqualTo("اختر صورة أو فيديو");
    estimatePhoto();
    assertThat(browser().text("timing")).contains("على هذا الجهاز");
  }

  @ParameterizedTest
  @CsvSource({"390, 844", "1280, 800"})
  void everythingFitsOnPhonesAndDesktops(int width, int height) {
    browser().resize(width, height);
    openApp();
    for (int language = 0; language < 2; language++) {
      assertFits();
      browser().click("language");
    }
    estimatePhoto();
    for (int language = 0; language < 2; language++) {
      assertFits();
      browser().click("view-side");
      assertFits();
      browser().click("language");
    }
  }
}
