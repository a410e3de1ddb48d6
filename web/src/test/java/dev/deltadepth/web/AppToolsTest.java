package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.Anaglyph;
import dev.deltadepth.core.view.Aperture;
import dev.deltadepth.core.view.Defocus;
import dev.deltadepth.core.view.Nearness;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoPair;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.web.TestBrowser.Saved;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is made of a photo and its map. */
@Tag("app")
abstract class AppToolsTest extends AppStage {
  /** Of a value of 0..255, on average: what JPEG costs. */
  private static final double JPEG = 4;

  @Test
  void theFocusIsThatOfTheJvm() {
    openApp();
    estimatePhoto();
    browser().click("tool-focus");
    assertThat(browser().attribute("tool-focus", "aria-pressed")).isEqualTo("true");
    browser().await("the tag says so", () -> browser().text("tag-depth").equals("Focus"));
    Saved saved = browser().saved(() -> browser().click("tool-focus-save"));
    assertThat(saved.name()).isEqualTo("street.focus.jpg");
    float[] near = Nearness.of(expected).data();
    double focus = near[expected.height() / 2 * expected.width() + expected.width() / 2];
    RgbImage jvm = new Defocus(street, expected, new Aperture(focus, 4)).apply();
    assertThat(difference(saved, jvm)).isLessThan(JPEG);
    assertThat(difference(saved, street)).isGreaterThan(difference(saved, jvm));
    browser().click("tool-focus");
    assertThat(browser().attribute("tool-focus", "aria-pressed")).isEqualTo("false");
    assertThat(browser().text("tag-depth")).isEqualTo("Depth");
  }

  @Test
  void thePictureForGlassesIsThatOfTheJvm() {
    openApp();
    estimatePhoto();
    browser().click("tool-glasses");
    Saved saved = browser().saved(() -> browser().click("tool-glasses-save"));
    assertThat(saved.name()).isEqualTo("street.glasses.png");
    RgbImage jvm = Anaglyph.DUBOIS.join(StereoPair.of(street, expected, Stereo.defaults()));
    assertThat(difference(saved, jvm)).isLessThan(0.5);
    assertThat(difference(saved, street)).isGreaterThan(1);
  }

  private static double difference(Saved saved, RgbImage image) {
    RgbImage read = ImageFiles.read(saved.bytes(), saved.name());
    assertThat(read.width()).isEqualTo(image.width());
    assertThat(read.height()).isEqualTo(image.height());
    double sum = 0;
    for (int i = 0; i < image.data().length; i++) {
      sum += Math.abs((read.data()[i] & 0xff) - (image.data()[i] & 0xff));
    }
    return sum / image.data().length;
  }

  @Test
  void twoKnownPointsGiveTheMetresOfTheOthers() {
    openApp();
    estimatePhoto();
    browser().click("hint-close");
    browser().click("tool-distance");
    assertThat(browser().text("distance-text")).startsWith("Tap a point");
    browser().press("view", "ArrowUp");
    give("eight");
    assertThat(browser().text("distance-text")).startsWith("Give the distance");
    give("8");
    assertThat(browser().text("distance-text")).startsWith("Now one that is");
    // The lower part of a street is nearer than its middle.
    for (int i = 0; i < 30; i++) {
      browser().press("view", "ArrowDown");
    }
    give("2,5");
    assertThat(browser().text("distance-text")).startsWith("Tap any point");
    assertThat(browser().text("reading")).isEqualTo("2.5 m");
    for (int i = 0; i < 30; i++) {
      browser().press("view", "ArrowUp");
    }
    assertThat(browser().text("reading")).isEqualTo("8.0 m");
    assertThat(browser().text("distance-reading")).startsWith("8.0 m away; about");
    browser().click("distance-again");
    assertThat(browser().text("reading")).matches("\\d+");
  }

  @Test
  void pointsThatContradictTheMapAreRefused() {
    openApp();
    estimatePhoto();
    browser().click("hint-close");
    browser().click("tool-distance");
    browser().press("view", "ArrowUp");
    give("2");
    for (int i = 0; i < 30; i++) {
      browser().press("view", "ArrowDown");
    }
    give("8");
    assertThat(browser().text("distance-text")).startsWith("These two do not fit");
    assertThat(browser().text("reading")).matches("\\d+");
  }

  private void give(String metres) {
    browser().awaitShown("distance-form");
    browser().value("!(document.getElementById('distance-metres').value = '" + metres + "')");
    browser().click("distance-known");
  }
}
