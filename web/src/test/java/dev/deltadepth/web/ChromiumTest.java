package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.web.TestBrowser.Saved;
import dev.deltadepth.web.page.PhotoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The app in Chromium. */
@Tag("browser")
final class ChromiumTest extends AppTest {
  private Chromium chromium;

  @BeforeAll
  void launch() throws IOException {
    Pictures.film(folder.resolve("film.mjpeg"));
    chromium = new Chromium(folder.resolve("film.mjpeg"), false);
  }

  @AfterAll
  void quit() {
    chromium.close();
  }

  @AfterEach
  void thePageHadNoErrors() {
    assertThat(chromium.complaints())
        // What a browser without it says of itself.
        .filteredOn(complaint -> !complaint.contains("BigInt is not defined"))
        .isEmpty();
  }

  @Override
  TestBrowser browser() {
    return chromium;
  }

  @Test
  void theFirstLoadIsBelowTwelveMegabytes() throws IOException {
    AppServer counting = otherServer();
    chromium.open(counting.address());
    chromium.awaitModel();
    chromium.await(
        "the service worker has kept the model",
        () -> Boolean.TRUE.equals(chromium.value("caches.match('delta.onnx').then(f => !!f)")));
    long bytes = counting.sent().values().stream().mapToLong(Long::longValue).sum();
    assertThat(bytes).isLessThan(12_000_000);
  }

  @Test
  void darkFollowsTheSystem() {
    chromium.prefers(ColorScheme.DARK);
    openApp();
    assertThat(chromium.value("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(19, 17, 23)");
    chromium.prefers(ColorScheme.LIGHT);
    assertThat(chromium.value("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(247, 246, 243)");
  }

  @Test
  void aRefusalOfTheBrowserItselfIsSaidInClearWords() throws IOException {
    try (Chromium refusing = new Chromium(folder.resolve("film.mjpeg"), true)) {
      refusing.open(otherServer().address());
      refusing.click("live");
      refusing.awaitShown("problem");
      assertThat(refusing.text("problem-title")).isEqualTo("Camera access is not allowed");
    }
  }

  @Test
  void aClipOfLiveDepthIsSaved() {
    openApp();
    chromium.click("live");
    chromium.await("maps come", () -> chromium.text("timing").contains("frames per second"));
    chromium.click("record");
    chromium.await("a second has passed", () -> recordedFor(1000));
    Saved clip = chromium.saved(() -> chromium.click("record"));
    assertThat(clip.name()).isEqualTo("depth.webm");
    // The first bytes of every Matroska and WebM file.
    assertThat(clip.bytes()).startsWith(0x1a, 0x45, 0xdf, 0xa3);
    assertThat(clip.bytes().length).isGreaterThan(1000);
  }

  private boolean recordedFor(int milliseconds) {
    return Boolean.TRUE.equals(
        chromium.value(
            "performance.now() - (window.since = window.since || performance.now()) > "
                + milliseconds));
  }

  @Test
  void picturesAreDroppedAndPasted() throws IOException {
    String bytes = Base64.getEncoder().encodeToString(Files.readAllBytes(photo()));
    for (String way : new String[] {"drop", "paste"}) {
      openApp();
      chromium.value(
          "(() => { const bytes = Uint8Array.from(atob('"
              + bytes
              + "'), c => c.charCodeAt(0)); const data = new DataTransfer();"
              + " data.items.add(new File([bytes], 'street.png', {type: 'image/png'}));"
              + (way.equals("drop")
                  ? " document.dispatchEvent(new DragEvent('drop', {dataTransfer: data}));"
                  : " document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data}));")
              + " })()");
      chromium.awaitMap();
    }
  }

  @Test
  void aNewerVersionIsOfferedAndUsed() throws IOException {
    AppServer publishing = otherServer();
    chromium.open(publishing.address());
    chromium.awaitModel();
    chromium.await(
        "the service worker is there",
        () -> Boolean.TRUE.equals(chromium.value("!!navigator.serviceWorker.controller")));
    chromium.reload();
    chromium.awaitModel();
    publishing.before("sw.js", "// A newer one.\n");
    chromium.value("navigator.serviceWorker.ready.then(r => r.update()).then(() => 1)");
    chromium.awaitShown("notice");
    assertThat(chromium.text("notice-text")).isEqualTo("A new version of Delta is ready.");
    chromium.value("window.isBefore = true");
    chromium.click("notice-action");
    chromium.await("the page is loaded anew", this::isAnew);
  }

  /**
   * The largest photo there is room for, its bytes handed to the worker, and the runtime's memory.
   */
  @Test
  void theWorkerStaysBelow200Megabytes() throws IOException {
    AppServer watched =
        otherServer()
            .before(
                "worker.js",
                """
                ['instantiate', 'instantiateStreaming'].forEach(name => {
                  const original = WebAssembly[name];
                  WebAssembly[name] = (...given) => original(...given).then(made => {
                    const all = Object.values((made.instance || made).exports);
                    self.memory = all.find(one => one instanceof WebAssembly.Memory);
                    return made;
                  });
                });
                """);
    RgbImage large = new RgbImage(4800, 3200, new byte[4800 * 3200 * 3]);
    ImageFiles.writePng(large, folder.resolve("large.png"));
    chromium.open(watched.address());
    chromium.awaitModel();
    chromium.choose("file", folder.resolve("large.png"));
    chromium.awaitShown("notice");
    assertThat(chromium.text("notice-text")).contains("reduced to 13 megapixels");
    chromium.awaitMap();
    Object runtime = chromium.page().workers().get(0).evaluate("self.memory.buffer.byteLength");
    double picture = 4 * PhotoReader.MOST_PIXELS;
    assertThat(((Number) runtime).doubleValue() + picture).isLessThan(200e6);
  }

  private boolean isAnew() {
    try {
      return chromium.value("window.isBefore || null") == null;
    } catch (PlaywrightException e) {
      // Between the old page and the new one.
      return false;
    }
  }
}
