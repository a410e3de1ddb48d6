package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.web.TestBrowser.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(chromium.complaints()).isEmpty();
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
    assertThat(clip.name()).matches("depth\\.(webm|mp4)");
    String played =
        String.valueOf(
            chromium.value(
                PLAY.formatted(
                    Base64.getEncoder().encodeToString(clip.bytes()),
                    clip.name().endsWith("mp4") ? "video/mp4" : "video/webm")));
    String[] figures = played.split(" ");
    assertThat(Double.parseDouble(figures[0])).as("seconds: " + played).isBetween(0.8, 30.0);
    assertThat(Integer.parseInt(figures[1])).as("frames: " + played).isGreaterThan(3);
    assertThat(figures[2]).as("black frames").isEqualTo("0");
  }

  /** Plays a clip and gives its seconds, the frames that were seen, and how many were black. */
  private static final String PLAY =
      """
      (() => new Promise(done => {
        const bytes = Uint8Array.from(atob('%s'), c => c.charCodeAt(0));
        const video = document.createElement('video');
        const canvas = document.createElement('canvas');
        const drawing = canvas.getContext('2d', { willReadFrequently: true });
        canvas.width = canvas.height = 16;
        let frames = 0, black = 0;
        video.muted = true;
        const seconds = new Promise(known => video.onloadedmetadata = () => known(video.duration));
        const see = () => {
          drawing.drawImage(video, 0, 0, 16, 16);
          const data = drawing.getImageData(0, 0, 16, 16).data;
          frames++;
          if (data.every((value, i) => i %% 4 === 3 || value < 24)) black++;
          video.requestVideoFrameCallback(see);
        };
        video.requestVideoFrameCallback(see);
        video.onended = () => seconds.then(s => done([s, frames, black].join(' ')));
        video.src = URL.createObjectURL(new Blob([bytes], { type: '%s' }));
        video.play();
      }))()
      """;

  private boolean recordedFor(int milliseconds) {
    return Boolean.TRUE.equals(
        chromium.value(
            "performance.now() - (window.since = window.since || performance.now()) > "
                + milliseconds));
  }

  @Test
  void picturesAreDroppedAndPasted() throws IOException {
    String bytes = photoBytes();
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

  /** Without a driver: its protocol keeps copies of what the page loads. */
  @Test
  void aPhotoOfTwelveMegapixelsTakesLessThan200Megabytes() throws IOException {
    ImageFiles.writeJpeg(Pictures.street(4000, 3000), folder.resolve("large.jpg"), 0.9f);
    AppServer watched =
        otherServer()
            .with("large.jpg", Files.readAllBytes(folder.resolve("large.jpg")))
            .before(
                "start.js",
                """
                const isShown = id => document.getElementById(id).getClientRects().length > 0;
                const later = setInterval(() => {
                  if (!isShown('start') || isShown('loading')) return;
                  clearInterval(later);
                  fetch('large.jpg').then(answer => answer.blob()).then(blob => {
                    const data = new DataTransfer();
                    data.items.add(new File([blob], 'large.jpg', { type: 'image/jpeg' }));
                    document.dispatchEvent(new DragEvent('drop', { dataTransfer: data }));
                    setInterval(() => {
                      const timing = document.getElementById('timing').innerText;
                      if (timing.includes('on this device')) fetch('said-done');
                    }, 500);
                  });
                }, 8000);
                """);
    try (RendererMemory memory = new RendererMemory(watched.address(), folder.resolve("profile"))) {
      chromium.await("the map is there", () -> watched.missed().contains("said-done"));
      assertThat(memory.megabytes()).isBetween(100.0, 200.0);
    }
  }

  @Test
  void aPhotoThatAnotherAppSharesIsOpened() throws IOException {
    AppServer own = otherServer();
    share(own, photo(), file("my street.png", "image/png"));
    chromium.awaitMap();
    assertThat(chromium.page().url()).isEqualTo(own.address());
    assertThat(chromium.savedAs("save-colour").name()).isEqualTo("my street.depth.png");
    chromium.await(
        "nothing of it is left behind",
        () ->
            Boolean.TRUE.equals(
                chromium.value(
                    "caches.open('shared-photo').then(c => c.keys()).then(k => k.length === 0)")));
  }

  @Test
  void aFilmThatAnotherAppSharesIsOpened() throws IOException {
    share(otherServer(), film(), file("my street.mp4", "video/mp4"));
    awaitPlan();
    assertThat(chromium.text("film-text")).startsWith("About 1");
  }

  /** What a system does when the app is chosen there: a form with the file. */
  private void share(AppServer own, Path shared, String file) throws IOException {
    openApp(own);
    chromium.await(
        "the service worker is there",
        () -> Boolean.TRUE.equals(chromium.value("!!navigator.serviceWorker.controller")));
    chromium
        .page()
        .evaluate(
            """
        file => {
          const form = document.createElement('form');
          form.method = 'POST';
          form.action = 'share';
          form.enctype = 'multipart/form-data';
          const input = document.createElement('input');
          input.type = 'file';
          input.name = 'photo';
          const data = new DataTransfer();
          data.items.add(FILE);
          input.files = data.files;
          form.append(input);
          document.body.append(form);
          window.isBefore = true;
          setTimeout(() => form.submit());
        }
        """
                .replace("FILE", file),
            bytes(shared));
    chromium.await("the page is loaded anew", this::isAnew);
  }

  @Test
  void aPhotoThatTheSystemOpensWithTheAppIsShown() throws IOException {
    openApp(
        otherServer()
            .before(
                "app.js",
                "Object.defineProperty(self, 'launchQueue', {value: {setConsumer: c => {"
                    + " self.consumer = c; }}});\n"));
    chromium
        .page()
        .evaluate(
            "file => self.consumer({files: [{getFile: () => Promise.resolve("
                + file("my street.png", "image/png")
                + ")}]})",
            photoBytes());
    chromium.awaitMap();
    assertThat(chromium.savedAs("save-colour").name()).isEqualTo("my street.depth.png");
  }

  private static String file(String name, String type) {
    return "new File([Uint8Array.from(atob(file), c => c.charCodeAt(0))], '%s', {type: '%s'})"
        .formatted(name, type);
  }

  private String photoBytes() throws IOException {
    return bytes(photo());
  }

  private static String bytes(Path file) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
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
