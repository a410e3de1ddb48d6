package dev.deltadepth.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JpegEndTest {
  @TempDir Path folder;

  private byte[] jpeg() throws IOException {
    byte[] noise = new byte[64 * 48 * 3];
    new Random(1).nextBytes(noise);
    Path file = folder.resolve("noise.jpg");
    ImageFiles.writeJpeg(new RgbImage(64, 48, noise), file, 0.9f);
    return Files.readAllBytes(file);
  }

  @Test
  void aWholeFileIsNotCutAndEveryShorterOneIs() throws IOException {
    byte[] whole = jpeg();
    assertThat(JpegEnd.isCut(whole)).isFalse();
    for (int length = 4; length < whole.length; length++) {
      assertThat(JpegEnd.isCut(Arrays.copyOf(whole, length))).as("%d bytes", length).isTrue();
    }
  }

  @Test
  void whatFollowsTheEndDoesNotMatter() throws IOException {
    byte[] whole = jpeg();
    byte[] longer = Arrays.copyOf(whole, whole.length + 5000);
    assertThat(JpegEnd.isCut(longer)).isFalse();
  }

  /** A thumbnail in a segment has an end marker of its own. */
  @Test
  void theEndOfAThumbnailIsNotTheEnd() throws IOException {
    byte[] inner = jpeg();
    byte[] outer = new byte[inner.length + 4 + inner.length];
    System.arraycopy(inner, 0, outer, 0, 2);
    outer[2] = (byte) 0xff;
    outer[3] = (byte) 0xe1;
    outer[4] = (byte) ((inner.length + 2) >> 8);
    outer[5] = (byte) (inner.length + 2);
    System.arraycopy(inner, 0, outer, 6, inner.length);
    System.arraycopy(inner, 2, outer, 6 + inner.length, inner.length - 2);
    assertThat(JpegEnd.isCut(outer)).isFalse();
    assertThat(JpegEnd.isCut(Arrays.copyOf(outer, outer.length - 100))).isTrue();
  }

  @Test
  void whatIsNoJpegIsNotCut() {
    assertThat(JpegEnd.isCut(new byte[0])).isFalse();
    assertThat(JpegEnd.isCut(new byte[] {(byte) 0x89, 'P', 'N', 'G'})).isFalse();
  }
}
