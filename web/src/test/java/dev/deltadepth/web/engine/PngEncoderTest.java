package dev.deltadepth.web.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngEncoderTest {

  @Test
  void everySixteenBitValueComesBack(@TempDir Path folder) throws IOException {
    char[] values = new char[256 * 256];
    for (int i = 0; i < values.length; i++) {
      values[i] = (char) i;
    }
    Path file = Files.write(folder.resolve("all.png"), grey16(values));
    GreyImage read = GreyImage.read(file);
    assertThat(read.bits()).isEqualTo(16);
    assertThat(read.data()).isEqualTo(values);
  }

  private static byte[] grey16(char[] values) {
    PngEncoder encoder = PngEncoder.grey16(256, 256);
    byte[] row = new byte[512];
    for (int y = 0; y < 256; y++) {
      for (int x = 0; x < 256; x++) {
        row[2 * x] = (byte) (values[y * 256 + x] >> 8);
        row[2 * x + 1] = (byte) values[y * 256 + x];
      }
      encoder.row(row);
    }
    return encoder.file();
  }

  @Property(tries = 40)
  void picturesOfAnySizeComeBack(
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 90) int height,
      @ForAll long seed) {
    byte[] data = new byte[width * height * 3];
    new Random(seed).nextBytes(data);
    RgbImage read = ImageFiles.read(PngEncoder.rgb(new RgbImage(width, height, data)), "a picture");
    assertThat(read.width()).isEqualTo(width);
    assertThat(read.height()).isEqualTo(height);
    assertThat(read.data()).isEqualTo(data);
  }
}
