package dev.deltadepth.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.deltadepth.web.TestBrowser.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clips of the depth of films, in Chromium, which encodes them. */
final class AppClipsTest extends ChromiumStage {

  @AfterEach
  void thePageHadNoErrors() {
    assertThat(chromium.complaints()).isEmpty();
  }

  @Test
  void aClipHasTheFilmsFramesAtTheirTimesAndPlaysInPlace() throws IOException {
    openApp();
    openFilm();
    chromium.click("film-begin");
    chromium.awaitShown("film-save");
    assertThat(chromium.text("film-text")).isEqualTo("The clip is ready: 12 frames, 1 s.");
    assertThat(chromium.isShown("clip")).isTrue();
    assertThat(chromium.isShown("view")).isFalse();
    assertThat(chromium.isShown("palette")).as("nothing of it can be chosen any more").isFalse();
    assertThat(chromium.value("document.activeElement.id")).isEqualTo("clip");
    assertThat(number("document.getElementById('clip').duration")).isCloseTo(1.2, within(0.02));
    Clip clip = saved("street.depth.mp4");
    assertThat(clip.codec).isEqualTo("h264");
    assertThat(clip.width).isEqualTo(320);
    assertThat(clip.height).isEqualTo(240);
    assertThat(clip.seconds).isCloseTo(1.2, within(0.02));
    assertThat(clip.times).hasSize(12);
    for (int i = 0; i < 12; i++) {
      assertThat(clip.times.get(i)).isCloseTo(0.1 * i, within(1e-3));
    }
    assertThat(clip.darkest()).isGreaterThan(24);
    chromium.value("history.back()");
    chromium.awaitShown("start");
    // What covered the stage once: a clip that is left.
    chromium.click("live");
    chromium.await("maps come", () -> chromium.isShown("rate"));
    assertThat(chromium.isShown("view")).isTrue();
    assertThat(chromium.isShown("clip")).isFalse();
  }

  @Test
  void aWorkThatIsStoppedKeepsWhatIsDone() throws IOException {
    Path lying =
        Films.make(
            folder.resolve("lying.mp4"),
            "-f lavfi -i testsrc=d=20:s=320x240:r=30 -c:v libopenh264 -pix_fmt yuv420p FILE");
    Path upright = folder.resolve("upright.mp4");
    Films.make(upright, "-display_rotation 90 -i " + lying + " -c copy FILE");
    openApp();
    chromium.choose("file", upright);
    awaitPlan();
    assertThat(chromium.text("film-text")).startsWith("About 600 frames.");
    chromium.click("film-both");
    awaitPlan();
    chromium.click("film-begin");
    chromium.await("some frames are done", () -> chromium.text("film-text").startsWith("Frame 4"));
    assertThat(chromium.text("film-text")).contains("of about 600");
    chromium.click("film-stop");
    chromium.awaitShown("film-save");
    assertThat(chromium.text("film-text")).startsWith("The clip shows the beginning of the video");
    Clip clip = saved("upright.side.mp4");
    assertThat(clip.width).isEqualTo(480);
    assertThat(clip.height).isEqualTo(320);
    assertThat(clip.times).hasSizeBetween(4, 100);
    assertThat(clip.seconds).isCloseTo(clip.times.size() / 30.0, within(0.02));
    assertThat(clip.darkest()).isGreaterThan(24);
  }

  @Test
  void aFilmThatIsCutOffBecomesAClipUpToThere() throws IOException {
    Path whole =
        Films.make(
            folder.resolve("whole.mp4"),
            "-f lavfi -i testsrc=d=1:s=320x240:r=15 -c:v libopenh264 -pix_fmt yuv420p"
                + " -movflags +faststart FILE");
    byte[] bytes = Files.readAllBytes(whole);
    openApp();
    chromium.choose(
        "file", Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length * 3 / 4)));
    chromium.awaitShown("notice");
    assertThat(chromium.text("notice-text"))
        .isEqualTo("This file is cut off: a part of the video is missing.");
    awaitPlan();
    chromium.click("film-begin");
    chromium.awaitShown("film-save");
    assertThat(chromium.text("film-text")).startsWith("The clip shows the beginning of the video");
    Clip clip = saved("cut.depth.mp4");
    assertThat(clip.times).hasSizeBetween(2, 14);
    assertThat(clip.seconds).isLessThan(0.99);
  }

  @Test
  void withoutH264TheClipIsVp9() throws IOException {
    openApp(
        otherServer()
            .before(
                "app.js",
                """
                if (self.VideoEncoder) {
                  const ask = VideoEncoder.isConfigSupported.bind(VideoEncoder);
                  VideoEncoder.isConfigSupported = config => config.codec.startsWith('avc')
                      ? Promise.resolve({supported: false, config})
                      : ask(config);
                }
                """));
    openFilm();
    chromium.click("film-begin");
    chromium.awaitShown("film-save");
    Clip clip = saved("street.depth.mp4");
    assertThat(clip.codec).isEqualTo("vp9");
    assertThat(clip.times).hasSize(12);
    assertThat(clip.seconds).isCloseTo(1.2, within(0.02));
    assertThat(clip.darkest()).isGreaterThan(24);
  }

  /** Of unknown length, as browsers record films. */
  @Test
  void withoutAnEncoderTheRecorderMakesTheClip() throws IOException {
    Path recorded =
        Films.pipe(
            folder.resolve("recorded.webm"),
            "-f lavfi -i testsrc=d=1.2:s=320x240:r=10 -c:v libvpx -b:v 1M -f webm");
    openApp(otherServer().before("app.js", "if (self.document) delete self.VideoEncoder;"));
    chromium.choose("file", recorded);
    awaitPlan();
    chromium.click("film-begin");
    chromium.awaitShown("film-save");
    assertThat(chromium.text("film-text")).matches("The clip is ready: 1[12] frames, 1 s\\.");
    Saved saved = chromium.saved(() -> chromium.click("film-save"));
    assertThat(saved.name()).matches("recorded\\.depth\\.(mp4|webm)");
    Clip clip = new Clip(Files.write(folder.resolve(saved.name()), saved.bytes()));
    assertThat(clip.times).hasSizeGreaterThan(6);
    assertThat(clip.times.get(clip.times.size() - 1)).isBetween(0.8, 2.0);
    assertThat(clip.darkest()).isGreaterThan(24);
  }

  /** A clip as FFmpeg sees it. */
  private static final class Clip {
    private final Path file;
    private final String codec;
    private final int width;
    private final int height;
    private final double seconds;
    private final List<Double> times;

    Clip(Path file) throws IOException {
      this.file = file;
      JsonNode pictures = Films.pictures(file);
      JsonNode stream = pictures.at("/streams/0");
      codec = stream.path("codec_name").asText();
      width = stream.path("width").asInt();
      height = stream.path("height").asInt();
      seconds = stream.path("duration").asDouble();
      times = Films.times(pictures);
    }

    /** The mean of the darkest picture's values. */
    double darkest() {
      byte[] pixels = Films.pixels(file);
      int size = 3 * width * height;
      double darkest = 255;
      for (int from = 0; from < pixels.length; from += size) {
        double sum = 0;
        for (int i = from; i < from + size; i++) {
          sum += pixels[i] & 0xff;
        }
        darkest = Math.min(darkest, sum / size);
      }
      return darkest;
    }
  }

  private Clip saved(String name) throws IOException {
    Saved saved = chromium.saved(() -> chromium.click("film-save"));
    assertThat(saved.name()).isEqualTo(name);
    return new Clip(Files.write(folder.resolve(name), saved.bytes()));
  }

  private double number(String expression) {
    return ((Number) chromium.value(expression)).doubleValue();
  }
}
