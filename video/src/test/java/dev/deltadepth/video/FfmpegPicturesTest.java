package dev.deltadepth.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class FfmpegPicturesTest {

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

  /** Opacity that is not compressed, which Java's reader leaves out. */
  @Test
  void webpWithPlainOpacityLiesOverWhite() {
    byte[] lossy =
        Base64.getDecoder()
            .decode(
                "UklGRj4AAABXRUJQVlA4IDIAAADwAQCdASoQABAAAMASJaACdLoB+AAF9AAA/sDP/8c2+K3/Fb/+Obf++gHvQD3oB/Xw"
                    + "AA==");
    ByteBuffer webp = ByteBuffer.wrap(new byte[12 + 18 + 8 + 258 + lossy.length - 12]);
    webp.order(ByteOrder.LITTLE_ENDIAN);
    webp.put(text("RIFF")).putInt(webp.capacity() - 8).put(text("WEBP"));
    webp.put(text("VP8X")).putInt(10).putInt(0x10);
    webp.put(new byte[] {15, 0, 0, 15, 0, 0});
    byte[] opacity = new byte[258];
    Arrays.fill(opacity, (byte) 128);
    opacity[0] = 0;
    webp.put(text("ALPH")).putInt(257).put(opacity);
    webp.put(lossy, 12, lossy.length - 12);
    byte[] file = new byte[webp.capacity()];
    webp.rewind().get(file);
    RgbImage image = ImageFiles.read(file, "a.webp");
    assertThat(image.width()).isEqualTo(16);
    assertThat(image.data()[2] & 0xff).as("40 at a half over white").isBetween(140, 155);
  }

  private static byte[] text(String four) {
    return four.getBytes(StandardCharsets.ISO_8859_1);
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
