package dev.deltadepth.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.WebpSample;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FfmpegPicturesTest {
  private static final int RED = 0xfff01020;
  private static final int BLUE = 0xff2030f0;

  private static byte[] grey(int value) {
    byte[] pixels = new byte[64 * 48 * 3];
    Arrays.fill(pixels, (byte) value);
    return pixels;
  }

  @Test
  void jpeg2000IsRead() {
    byte[] file = HeifPictureTest.encoded(grey(90), "jpeg2000", "image2pipe", "rgb24");
    RgbImage image = ImageFiles.read(file, "a.jp2");
    assertThat(image.width()).isEqualTo(64);
    assertThat(image.height()).isEqualTo(48);
    assertThat(image.data()[1000] & 0xff).isBetween(88, 92);
    byte[] half = Arrays.copyOf(file, file.length / 2);
    assertThatThrownBy(() -> ImageFiles.read(half, "a.jp2"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("a.jp2");
  }

  /** Light of one half is 188 of 255 on a screen. */
  @Test
  void exrIsLightAndBecomesSrgb() {
    byte[] file = HeifPictureTest.encoded(grey(128), "exr", "image2pipe", "gbrpf32le");
    RgbImage image = ImageFiles.read(file, "a.exr");
    assertThat(image.width()).isEqualTo(64);
    assertThat(image.data()[1000] & 0xff).isBetween(184, 192);
  }

  /** What Java's reader leaves out, or takes for damage. */
  @Test
  void webpThatJavaCannotReadIsRight() {
    RgbImage half = ImageFiles.read(WebpSample.ofPlainOpacity(), "a.webp");
    assertThat(half.width()).isEqualTo(16);
    assertThat(half.data()[2] & 0xff).as("40 at a half over white").isBetween(140, 155);
    RgbImage plain = ImageFiles.read(WebpSample.ofOneColour(100, 70, 0xffc86432), "a.webp");
    assertThat(plain.width()).isEqualTo(100);
    assertThat(plain.height()).isEqualTo(70);
    assertThat(plain.data()).startsWith(200, 100, 50).endsWith(200, 100, 50);
    RgbImage stripes = ImageFiles.read(WebpSample.ofPredictedIndices(RED, BLUE), "a.webp");
    for (int i = 0; i < 16 * 4; i++) {
      int expected = i % 8 < 4 ? BLUE : RED;
      int read = new BigInteger(Arrays.copyOfRange(stripes.data(), 3 * i, 3 * i + 3)).intValue();
      assertThat(read & 0xffffff).as("pixel " + i).isEqualTo(expected & 0xffffff);
    }
  }

  @Test
  void whatTakesTooLongIsStopped() {
    assertThatThrownBy(
            () ->
                Ffmpeg.run(
                    List.of("-re", "-f", "lavfi", "-i", "testsrc=d=60", "-f", "rawvideo", "pipe:1"),
                    new byte[0],
                    Duration.ofMillis(300),
                    stream -> 0))
        .isInstanceOf(FfmpegException.class)
        .hasMessageContaining("takes longer than");
  }

  /** Otherwise it would go on for a minute, for nobody. */
  @Test
  void itEndsWhenWhoeverWaitsIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                Ffmpeg.run(
                    List.of("-re", "-f", "lavfi", "-i", "testsrc=d=60", "-f", "rawvideo", "pipe:1"),
                    new byte[0],
                    Duration.ofSeconds(60),
                    stream -> 0))
        .isInstanceOf(FfmpegException.class)
        .hasMessage("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatItReportsIsPassedOn() {
    assertThatThrownBy(
            () ->
                Ffmpeg.run(
                    List.of("-f", "png_pipe", "-i", "pipe:0", "-f", "rawvideo", "pipe:1"),
                    new byte[100],
                    Duration.ofSeconds(20),
                    Ffmpeg.bytes(100)))
        .isInstanceOf(FfmpegException.class)
        .hasMessageContaining("Invalid");
  }
}
