package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.space.Calibration;
import dev.deltadepth.core.space.Camera;
import dev.deltadepth.core.space.Mesh;
import dev.deltadepth.core.space.PointCloud;
import dev.deltadepth.core.view.Anaglyph;
import dev.deltadepth.core.view.Aperture;
import dev.deltadepth.core.view.Defocus;
import dev.deltadepth.core.view.Nearness;
import dev.deltadepth.core.view.Stereo;
import dev.deltadepth.core.view.StereoLayout;
import dev.deltadepth.core.view.StereoPair;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.web.TestBrowser.Saved;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is made of a photo and its map. */
@Tag("app")
abstract class AppToolsTest extends AppFilmsTest {
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
    double focus = Nearness.of(expected).around(0.5, 0.5);
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

  @Test
  void bothEyesSideBySideAreThoseOfTheJvm() {
    openApp();
    estimatePhoto();
    browser().click("tool-glasses");
    Saved saved = browser().saved(() -> browser().click("tool-stereo-save"));
    assertThat(saved.name()).isEqualTo("street.stereo.jpg");
    StereoPair pair = StereoPair.of(street, expected, Stereo.defaults());
    assertThat(difference(saved, StereoLayout.SIDE_BY_SIDE.join(pair))).isLessThan(JPEG);
  }

  @Test
  void picturesAreSavedAtThePhotosFullSize() throws IOException {
    RgbImage large = Pictures.street(1800, 1200);
    Path file = folder.resolve("wide-street.jpg");
    ImageFiles.writeJpeg(large, file, 0.95f);
    openApp();
    browser().choose("file", file);
    browser().awaitMap();
    browser().click("tool-focus");
    Saved focus = browser().saved(() -> browser().click("tool-focus-save"));
    assertThat(ImageFiles.read(focus.bytes(), "focus").width()).isEqualTo(1800);
    assertThat(difference(focus, large)).isLessThan(15);
    browser().click("tool-glasses");
    Saved glasses = browser().saved(() -> browser().click("tool-glasses-save"));
    assertThat(ImageFiles.read(glasses.bytes(), "glasses").width()).isEqualTo(1800);
    Saved eyes = browser().saved(() -> browser().click("tool-stereo-save"));
    assertThat(ImageFiles.read(eyes.bytes(), "eyes").width()).isEqualTo(3600);
    assertThat(ImageFiles.read(eyes.bytes(), "eyes").height()).isEqualTo(1200);
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
  void theSurfaceIsThatOfTheJvmWithThePhotoOnIt() throws IOException {
    openApp();
    estimatePhoto();
    Saved saved = browser().savedAs("save-glb");
    assertThat(saved.name()).isEqualTo("street.glb");
    ByteBuffer glb = ByteBuffer.wrap(saved.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(glb.getInt(0)).isEqualTo(0x46546c67);
    assertThat(glb.getInt(8)).isEqualTo(saved.bytes().length);
    JsonNode root = new ObjectMapper().readTree(saved.bytes(), 20, glb.getInt(12));
    assertThat(root.at("/asset/extras/unit").asText()).startsWith("unknown");
    Mesh jvm = Mesh.of(depth(), street, camera(), 1);
    assertThat((double) root.at("/accessors/0/count").asInt())
        .isCloseTo(jvm.vertexCount(), withinPercentage(1));
    assertThat((double) root.at("/accessors/3/count").asInt() / 3)
        .isCloseTo(jvm.triangleCount(), withinPercentage(1));
    JsonNode jpeg = root.at("/bufferViews/4");
    int at = 28 + glb.getInt(12) + jpeg.path("byteOffset").asInt();
    byte[] texture = Arrays.copyOfRange(saved.bytes(), at, at + jpeg.path("byteLength").asInt());
    assertThat(difference(new Saved("texture", texture), street)).isLessThan(JPEG);
  }

  @Test
  void thePointsAreThoseOfTheJvmInThePhotosColours() {
    openApp();
    estimatePhoto();
    Saved saved = browser().savedAs("save-ply");
    assertThat(saved.name()).isEqualTo("street.ply");
    String text = new String(saved.bytes(), StandardCharsets.ISO_8859_1);
    int begin = text.indexOf("end_header\n") + 11;
    assertThat(text).contains("comment unit: unknown");
    PointCloud jvm = PointCloud.of(depth(), street, camera(), 1);
    int count = (saved.bytes().length - begin) / 27;
    assertThat((double) count).isCloseTo(jvm.count(), withinPercentage(1));
    assertThat(text).contains("element vertex " + count + "\n");
    ByteBuffer points = ByteBuffer.wrap(saved.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    // The first row is whole in both.
    for (int k = 0; k < street.width(); k++) {
      int at = begin + 27 * k;
      for (int c = 0; c < 3; c++) {
        assertThat(points.getFloat(at + 4 * c))
            .isCloseTo(jvm.positions()[3 * k + c], within(0.02f));
        assertThat(points.get(at + 12 + c)).isEqualTo(jvm.colours()[3 * k + c]);
      }
    }
  }

  private DepthMap depth() {
    return Calibration.ofRatio(expected, Calibration.DEFAULT_RATIO).apply(expected).depth();
  }

  private Camera camera() {
    return Camera.unknown(street.width(), street.height());
  }

  @Test
  void twoKnownPointsGiveTheMetresOfTheOthers() {
    openApp();
    estimatePhoto();
    browser().click("hint-close");
    browser().click("tool-distance");
    assertThat(browser().text("distance-text")).startsWith("Tap a point");
    browser().press("view", "ArrowUp");
    assertThat(browser().isShown("distance-form")).isFalse();
    browser().press("view", "Enter");
    give("eight");
    assertThat(browser().text("distance-text")).startsWith("Give the distance");
    give("8");
    assertThat(browser().text("distance-text")).startsWith("Now one that is");
    // The lower part of a street is nearer than its middle.
    for (int i = 0; i < 30; i++) {
      browser().press("view", "ArrowDown");
    }
    browser().press("view", "Enter");
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
    browser().press("view", "Enter");
    give("2");
    for (int i = 0; i < 30; i++) {
      browser().press("view", "ArrowDown");
    }
    browser().press("view", "Enter");
    give("8");
    assertThat(browser().text("distance-text")).startsWith("These two do not fit");
    assertThat(browser().text("reading")).matches("\\d+");
  }

  @Test
  void oneKnownLengthGivesMetres() {
    openApp();
    estimatePhoto();
    browser().click("hint-close");
    browser().click("tool-distance");
    browser().click("distance-length");
    assertThat(browser().text("distance-text")).startsWith("Tap one end");
    browser().press("view", "ArrowUp");
    browser().press("view", "Enter");
    assertThat(browser().text("distance-text")).startsWith("Now its other end");
    assertThat(browser().isShown("distance-form")).isFalse();
    for (int i = 0; i < 20; i++) {
      browser().press("view", "ArrowRight");
    }
    browser().press("view", "Enter");
    give("3");
    assertThat(browser().text("distance-text")).startsWith("Tap any point");
    browser().press("view", "ArrowUp");
    assertThat(browser().text("reading")).endsWith(" m");
    // From there to the first end: about the length, less what is rounded.
    for (int i = 0; i < 20; i++) {
      browser().press("view", "ArrowLeft");
    }
    assertThat(browser().text("distance-reading")).contains(" m away; about ");
    browser().click("tool-distance");
    assertThat(browser().text("reading")).matches("\\d+");
  }

  private void give(String metres) {
    browser().awaitShown("distance-form");
    browser().value("!(document.getElementById('distance-metres').value = '" + metres + "')");
    browser().click("distance-known");
  }
}
