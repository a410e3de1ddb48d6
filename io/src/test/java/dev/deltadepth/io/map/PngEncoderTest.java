package dev.deltadepth.io.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.PngEncoder;
import dev.deltadepth.io.ImageFiles;
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
    Path file = Files.write(folder.resolve("all.png"), PngEncoder.grey16(256, 256, values));
    GreyImage read = GreyImage.read(file);
    assertThat(read.bits()).isEqualTo(16);
    assertThat(read.data()).isEqualTo(values);
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
