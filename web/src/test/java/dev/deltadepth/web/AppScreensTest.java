package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The screens that the manifest shows to whoever installs the app are those of the app as it is.
 * {@code -Ddelta.screens=src/main/app} takes them anew.
 */
final class AppScreensTest extends ChromiumStage {
  /** Fonts differ from system to system; screens are compared in squares of so many pixels. */
  private static final int SQUARE = 40;

  @ParameterizedTest
  @CsvSource({"screen-phone.jpg, 390, 844, 2", "screen-desktop.jpg, 1280, 800, 1"})
  void theManifestShowsTheAppAsItIs(String name, int width, int height, int scale)
      throws IOException {
    JsonObject metrics = new JsonObject();
    metrics.addProperty("width", width);
    metrics.addProperty("height", height);
    metrics.addProperty("deviceScaleFactor", scale);
    metrics.addProperty("mobile", false);
    CDPSession devtools = chromium.page().context().newCDPSession(chromium.page());
    devtools.send("Emulation.setDeviceMetricsOverride", metrics);
    openApp(otherServer());
    chromium.click("sample");
    chromium.awaitMap();
    chromium.click("hint-close");
    chromium.value("document.activeElement.blur()");
    // Playwright's own screenshots know one scale.
    JsonObject kind = new JsonObject();
    kind.addProperty("format", "jpeg");
    kind.addProperty("quality", 85);
    byte[] taken =
        Base64.getDecoder()
            .decode(devtools.send("Page.captureScreenshot", kind).get("data").getAsString());
    String keep = System.getProperty("delta.screens", "");
    if (!keep.isEmpty()) {
      Files.write(Path.of(keep, name), taken);
    }
    RgbImage now = ImageFiles.read(taken, name);
    RgbImage shown = ImageFiles.read(Path.of("src/main/app", name));
    assertThat(shown.width()).isEqualTo(now.width()).isEqualTo(width * scale);
    assertThat(shown.height()).isEqualTo(now.height()).isEqualTo(height * scale);
    for (int y = 0; y + SQUARE <= now.height(); y += SQUARE) {
      for (int x = 0; x + SQUARE <= now.width(); x += SQUARE) {
        assertThat(mean(shown, x, y))
            .as("at %d, %d", x, y)
            .isCloseTo(mean(now, x, y), within(40.0));
      }
    }
  }

  private static double mean(RgbImage image, int left, int top) {
    double sum = 0;
    for (int y = top; y < top + SQUARE; y++) {
      for (int i = 3 * (y * image.width() + left);
          i < 3 * (y * image.width() + left + SQUARE);
          i++) {
        sum += image.data()[i] & 0xff;
      }
    }
    return sum / (3 * SQUARE * SQUARE);
  }
}
