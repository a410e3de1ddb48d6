package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.runtime.DepthEstimator;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.web.TestBrowser.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people expect of any app: the way back, a reload, the last photos, large text. */
@Tag("app")
abstract class AppHabitsTest extends AppToolsTest {

  @Test
  void backLeadsFromTheResultToTheStart() {
    openApp();
    estimatePhoto();
    browser().value("history.back()");
    browser().awaitShown("start");
    assertThat(browser().isShown("work")).isFalse();
    estimatePhoto();
    browser().press("view", "Escape");
    browser().awaitShown("start");
    estimatePhoto();
    browser().click("again");
    browser().awaitShown("start");
    assertThat(focused()).isEqualTo("choose");
  }

  @Test
  void theSheetOfFormatsClosesByEscapeAndBackAndGivesTheFocusBack() {
    openApp();
    estimatePhoto();
    browser().click("save");
    browser().awaitShown("sheet");
    assertThat(focused()).isEqualTo("save-colour");
    browser().press("save-colour", "Escape");
    browser().await("the sheet is closed", () -> !browser().isShown("sheet"));
    assertThat(browser().isShown("work")).isTrue();
    assertThat(focused()).isEqualTo("save");
    browser().click("save");
    browser().awaitShown("sheet");
    browser().value("history.back()");
    browser().await("the sheet is closed", () -> !browser().isShown("sheet"));
    assertThat(browser().isShown("work")).isTrue();
  }

  @Test
  void theFocusGoesToTheResult() {
    openApp();
    estimatePhoto();
    assertThat(focused()).isEqualTo("view");
  }

  private String focused() {
    return String.valueOf(browser().value("document.activeElement.id"));
  }

  @Test
  void aReloadKeepsThePhoto() {
    openApp();
    estimatePhoto();
    browser().await("it is kept", () -> number("history.state.photo") > 0);
    browser().reload();
    browser().awaitShown("work");
    browser().awaitMap();
    assertThat(browser().savedAs("save-colour").name()).isEqualTo("street.depth.png");
    browser().value("history.back()");
    browser().awaitShown("start");
  }

  private double number(String expression) {
    return ((Number) browser().value(expression)).doubleValue();
  }

  @Test
  void theLastPhotosAreOfferedUntilTheyAreForgotten() throws IOException {
    openApp(otherServer());
    assertThat(browser().isShown("recent")).isFalse();
    estimatePhoto();
    browser().await("it is kept", () -> number("history.state.photo") > 0);
    browser().click("again");
    browser().awaitShown("recent");
    assertThat(browser().value("document.querySelector('#strip button').title"))
        .isEqualTo("street");
    browser().value("document.querySelector('#strip button').click()");
    browser().awaitMap();
    browser().click("again");
    browser().awaitShown("recent");
    assertThat(number("document.querySelectorAll('#strip button').length")).isEqualTo(1);
    browser().click("forget");
    browser().await("they are gone", () -> !browser().isShown("recent"));
    browser().reload();
    browser().awaitModel();
    assertThat(browser().isShown("recent")).isFalse();
  }

  @Test
  void theMapFollowsThePhotosEdgesAsOnTheJvm() throws IOException {
    RgbImage large = Pictures.street(960, 720);
    Path file = folder.resolve("large-street.png");
    ImageFiles.writePng(large, file);
    openApp();
    browser().choose("file", file);
    browser().awaitMap();
    Saved saved = browser().savedAs("save-grey");
    GreyImage map = GreyImage.read(Files.write(folder.resolve("large.png"), saved.bytes()));
    DepthMap jvm;
    try (DepthEstimator estimator = DepthEstimator.embedded(EstimatorOptions.defaults())) {
      jvm = estimator.estimate(large);
    }
    char[] values = Normalization.ofMost(jvm.data()).sixteenBits(jvm);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += Math.abs(values[i] - map.data()[i]);
    }
    assertThat(map.width()).isEqualTo(960);
    assertThat(sum / values.length / 65535).isLessThan(1e-3);
  }

  @Test
  void aPhotoThatIsCutOffIsShownAndSaidToBeCutOff() throws IOException {
    Path whole = folder.resolve("whole.jpg");
    ImageFiles.writeJpeg(street, whole, 0.9f);
    byte[] bytes = Files.readAllBytes(whole);
    openApp();
    browser().choose("file", whole);
    browser().awaitMap();
    assertThat(browser().isShown("notice")).isFalse();
    browser()
        .choose(
            "file",
            Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(bytes, bytes.length * 3 / 4)));
    browser().awaitShown("notice");
    assertThat(browser().text("notice-text")).startsWith("This file is cut off");
    browser().awaitMap();
  }

  @ParameterizedTest
  @CsvSource({
    "song.mp3, is a sound file",
    "paper.pdf, is a PDF document",
    "notes.txt, is a text file"
  })
  void whatIsNoPhotoIsCalledByItsKind(String name, String what) throws IOException {
    openApp();
    browser().choose("file", Files.writeString(folder.resolve(name), "something"));
    browser().awaitShown("problem");
    assertThat(browser().text("problem-title")).isEqualTo("This is not a photo");
    assertThat(browser().text("problem-text")).startsWith(name + " " + what);
  }

  @Test
  void theHintSaysWhatThisViewCanDo() {
    openApp();
    estimatePhoto();
    assertThat(browser().text("hint-text")).startsWith("Drag the line.");
    browser().click("view-side");
    assertThat(browser().text("hint-text")).startsWith("Pinch or scroll");
    browser().click("hint-close");
    assertThat(browser().isShown("hint")).isFalse();
    browser().click("view-divider");
    assertThat(browser().isShown("hint")).isFalse();
  }

  @Test
  void theWholePhotoIsOneTouchAwayAfterZooming() {
    openApp();
    estimatePhoto();
    browser().click("hint-close");
    assertThat(browser().isShown("whole")).isFalse();
    browser().press("view", "+");
    browser().awaitShown("whole");
    browser().click("whole");
    browser().await("it is whole again", () -> !browser().isShown("whole"));
  }

  @Test
  void aTabThatIsHiddenReleasesTheCamera() {
    openApp();
    browser().click("live");
    browser().await("maps come", () -> browser().text("timing").contains("frames per second"));
    see("hidden");
    browser().await("the camera is off", () -> browser().value(SOURCE) == null);
    see("visible");
    browser()
        .await("the camera is on again", () -> browser().value("!!(" + SOURCE + ")").equals(true));
    browser().click("live-close");
    browser().awaitShown("start");
    assertThat(browser().value(SOURCE)).isNull();
  }

  private static final String SOURCE = "document.getElementById('video').srcObject";

  private void see(String state) {
    browser()
        .value(
            "!(Object.defineProperty(document, 'visibilityState', {value: '"
                + state
                + "', configurable: true}), document.dispatchEvent(new"
                + " Event('visibilitychange')))");
  }

  @Test
  void theShortcutOpensTheCameraOnce() {
    browser().open("about:blank");
    browser().open(server.address() + "?live");
    browser().awaitModel();
    browser().await("maps come", () -> browser().text("timing").contains("frames per second"));
    assertThat(browser().value("location.search")).isEqualTo("");
    assertThat(browser().text("zoom")).isEqualTo("1×");
    browser().click("zoom");
    assertThat(browser().text("zoom")).isEqualTo("2×");
    assertThat(browser().attribute("zoom", "aria-label")).isEqualTo("Zoom, 2×");
    browser().click("live-close");
    browser().awaitShown("start");
  }

  /** On a server of its own: WebKit may not open a store in which another page is just writing. */
  @Test
  void detailIsEstimatedAtMorePixelsUntilSpeedIsChosen() throws IOException {
    openApp(otherServer());
    estimatePhoto();
    assertThat(detail()).containsPattern("network 352 × 256 pixels, edges \\d+ ms$");
    browser().click("effort-detail");
    browser().awaitMap();
    browser().await("it is estimated again", () -> detail().contains("512 × 384 pixels"));
    assertThat(browser().attribute("effort-detail", "aria-pressed")).isEqualTo("true");
    browser().await("it is kept", () -> number("history.state.photo") > 0);
    browser().reload();
    browser().awaitMap();
    assertThat(detail()).contains("network 512 × 384 pixels");
    browser().click("effort-speed");
    browser().await("it is estimated again", () -> detail().contains("352 × 256 pixels"));
  }

  private String detail() {
    return String.valueOf(browser().value("document.getElementById('detail').textContent"));
  }

  /** The phone's depth falls from the left edge to the right one, as nothing in the photo does. */
  @Test
  void thePhonesOwnDepthIsOfferedAndUsed() throws IOException {
    openApp();
    browser()
        .choose("file", Files.write(folder.resolve("portrait.jpg"), Pictures.withDepth(street)));
    browser().awaitMap();
    browser().awaitShown("maps");
    browser().click("map-phone");
    assertThat(browser().text("timing")).isEqualTo("Stored by the phone · 48 × 36");
    RgbImage phones = ImageFiles.read(browser().savedAs("save-grey").bytes(), "map");
    assertThat(phones.width()).isEqualTo(street.width());
    int row = phones.height() / 2;
    for (int x = 20; x < phones.width(); x += 20) {
      assertThat(grey(phones, x, row)).isLessThan(grey(phones, x - 20, row));
    }
    browser().click("map-delta");
    assertThat(browser().text("timing")).contains("on this device");
    RgbImage deltas = ImageFiles.read(browser().savedAs("save-grey").bytes(), "map");
    assertThat(deltas.data()).isNotEqualTo(phones.data());
    browser().click("again");
    estimatePhoto();
    assertThat(browser().isShown("maps")).isFalse();
  }

  private static int grey(RgbImage image, int x, int y) {
    return image.data()[3 * (y * image.width() + x)] & 0xff;
  }

  @Test
  void arabicNamesEverything() {
    openApp();
    browser().click("language");
    assertThat(browser().value("document.title")).isEqualTo("دلتا: العمق من صورة واحدة");
    assertThat(browser().value("document.querySelector('meta[name=description]').content"))
        .isEqualTo("العمق من صورة واحدة، على جهازك.");
    assertThat(browser().value("document.querySelector('[data-colours=viridis]').title"))
        .isEqualTo("فيريديس");
  }

  /** Text of twice the size on a phone, and the narrow window that zooming in leaves. */
  @ParameterizedTest
  @CsvSource({"390, 844, 200", "195, 422, 100", "844, 390, 100", "1280, 800, 200"})
  void largeTextFits(int width, int height, int percent) {
    browser().resize(width, height);
    openApp();
    browser().value("!(document.documentElement.style.fontSize = '" + percent + "%')");
    for (int language = 0; language < 2; language++) {
      assertFits();
      browser().click("language");
    }
    estimatePhoto();
    for (int language = 0; language < 2; language++) {
      assertFits();
      browser().click("save");
      browser().awaitShown("sheet");
      assertFits();
      browser().click("sheet-close");
      browser().await("the sheet is closed", () -> !browser().isShown("sheet"));
      browser().click("language");
    }
    openFilm();
    for (int language = 0; language < 2; language++) {
      assertFits();
      browser().click("language");
    }
    browser().resize(1280, 800);
  }

  /** Nothing is wider than the page, too small for a finger, cut, or without a name. */
  void assertFits() {
    assertThat(browser().value("document.documentElement.scrollWidth - innerWidth <= 0"))
        .as("the page is as wide as the window")
        .isEqualTo(true);
    // A finger needs 44 pixels; a link in a line of text does not count.
    assertNone(
        "button:not(.link)",
        "e.getBoundingClientRect().height < 43.5 || e.getBoundingClientRect().width < 43.5",
        "too small for a finger");
    assertNone(
        "button, [role=slider], canvas[tabindex]",
        "!e.innerText.trim() && !e.getAttribute('aria-label')",
        "without a name for a screen reader");
    assertNone("button, p, h1, h2, legend", "e.scrollWidth > e.clientWidth + 1", "with cut text");
  }

  private void assertNone(String which, String wrong, String what) {
    assertThat(
            browser()
                .value(
                    "Array.from(document.querySelectorAll('"
                        + which
                        + "')).filter(e => e.getClientRects().length && getComputedStyle(e).display"
                        + " !== 'inline' && ("
                        + wrong
                        + ")).map(e => e.id || e.innerText || e.className).join()"))
        .as(what)
        .isEqualTo("");
  }
}
