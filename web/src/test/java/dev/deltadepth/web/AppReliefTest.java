package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.web.TestBrowser.Saved;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The relief, in Chromium, where the processor draws WebGL. */
final class AppReliefTest extends ChromiumStage {
  /**
   * For the page, not its worker: a device that is held in the hand; its orientation is what the
   * test says.
   */
  private static final String PHONE =
      """
      if (self.document) {
        const matchesBefore = window.matchMedia.bind(window);
        window.matchMedia = query => query === '(pointer: coarse)'
          ? { matches: true, addListener: () => {} } : matchesBefore(query);
        window.turn = (alpha, beta, gamma) => window.dispatchEvent(
          new DeviceOrientationEvent('deviceorientation', { alpha, beta, gamma }));
      }
      """;

  @Test
  void theReliefShowsThePhotoTiltsAndIsSavedAsAClip() {
    openApp();
    openRelief();
    chromium.press("relief", "ArrowLeft");
    for (int i = 0; i < 9; i++) {
      chromium.press("relief", "ArrowLeft");
    }
    chromium.value("!(window.left = null)");
    double moved = share("different from before");
    assertThat(moved).isEqualTo(1);
    assertThat(share("different from before")).isLessThan(0.02);
    for (int i = 0; i < 20; i++) {
      chromium.press("relief", "ArrowRight");
    }
    assertThat(share("different from before")).isGreaterThan(0.05);
    Saved clip = chromium.saved(() -> chromium.click("relief-clip"));
    assertThat(clip.name()).matches("street\\.relief\\.(webm|mp4)");
    assertThat(clip.bytes().length).isGreaterThan(1000);
    chromium.click("tool-relief");
    assertThat(chromium.isShown("relief")).isFalse();
  }

  /** The share of the relief's pixels that are dark, or other than when this was asked last. */
  private double share(String what) {
    return ((Number)
            chromium.value(
                """
                new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
                  const canvas = document.createElement('canvas');
                  canvas.width = 96;
                  canvas.height = 72;
                  const drawing = canvas.getContext('2d');
                  drawing.drawImage(document.getElementById('relief'), 0, 0, 96, 72);
                  const now = drawing.getImageData(0, 0, 96, 72).data;
                  const before = window.left;
                  let count = 0;
                  for (let i = 0; i < now.length; i += 4) {
                    if (WHAT) count++;
                  }
                  window.left = now;
                  done(count / (now.length / 4));
                })))
                """
                    .replace(
                        "WHAT",
                        what.equals("dark")
                            ? "now[i] + now[i + 1] + now[i + 2] < 24"
                            : "!before || Math.abs(now[i] - before[i]) > 24")))
        .doubleValue();
  }

  @Test
  void itTiltsWithTheDevice() throws IOException {
    openApp(otherServer().before("app.js", PHONE));
    openRelief();
    // In one go: a device that is silent for seconds is taken for one without a gyroscope.
    chromium.value("document.getElementById('relief-device').click() || turn(100, 70, 3)");
    assertThat(chromium.attribute("relief-device", "aria-pressed")).isEqualTo("true");
    assertThat(chromium.attribute("relief-swing", "aria-pressed")).isEqualTo("false");
    share("different from before");
    chromium.value("turn(100, 70, 3)");
    assertThat(share("different from before")).isZero();
    chromium.value("turn(80, 70, 3)");
    assertThat(share("different from before")).isGreaterThan(0.02);
    chromium.press("relief", "ArrowLeft");
    assertThat(chromium.attribute("relief-device", "aria-pressed")).isEqualTo("false");
    share("different from before");
    chromium.value("turn(120, 70, 3)");
    assertThat(share("different from before")).isZero();
  }

  /** iPhones ask the user. */
  @Test
  void aRefusalToTellHowTheDeviceIsHeldIsSaid() throws IOException {
    openApp(
        otherServer()
            .before(
                "app.js",
                PHONE
                    + "if (self.document)"
                    + " DeviceOrientationEvent.requestPermission = () => Promise.resolve('denied');"));
    openRelief();
    chromium.click("relief-device");
    chromium.awaitShown("notice");
    assertThat(chromium.text("notice-text")).isEqualTo("This device does not say how it is held.");
    assertThat(chromium.attribute("relief-device", "aria-pressed")).isEqualTo("false");
  }

  @Test
  void aDesktopIsNotAsked() {
    openApp();
    openRelief();
    assertThat(chromium.isShown("relief-device")).isFalse();
  }

  private void openRelief() {
    estimatePhoto();
    chromium.click("tool-relief");
    chromium.awaitShown("relief");
    chromium.await("it is drawn", () -> share("dark") < 0.5);
  }
}
