package dev.deltadepth.io.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.JpegEncoder;
import dev.deltadepth.io.ImageFiles;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JpegEncoderTest {

  @Test
  void theBestQualityKeepsEveryColour() {
    // Flat squares of all colours in steps of 17.
    RgbImage image = squares();
    RgbImage read = ImageFiles.read(encoded(image, 100), "a picture");
    for (int i = 0; i < image.data().length; i++) {
      assertThat(Math.abs((read.data()[i] & 0xff) - (image.data()[i] & 0xff))).isLessThan(4);
    }
  }

  private static RgbImage squares() {
    byte[] rgb = new byte[512 * 512 * 3];
    for (int i = 0; i < 512 * 512; i++) {
      int square = i / 512 / 8 * 64 + i % 512 / 8;
      rgb[3 * i] = (byte) (square / 256 * 17);
      rgb[3 * i + 1] = (byte) (square / 16 % 16 * 17);
      rgb[3 * i + 2] = (byte) (square % 16 * 17);
    }
    return new RgbImage(512, 512, rgb);
  }

  @Test
  void aSmoothPictureIsAsSmallAndAsCloseAsFromOtherEncoders() {
    byte[] rgb = new byte[300 * 200 * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % 300;
      int y = i / 900;
      rgb[i] = (byte) (128 + 60 * Math.sin(x / 17.0 + i % 3) + 60 * Math.cos(y / 11.0 * (i % 3)));
    }
    RgbImage image = new RgbImage(300, 200, rgb);
    byte[] file = encoded(image, 92);
    byte[] other = ImageFiles.jpeg(image, 0.92f);
    assertThat(difference(image, file)).isLessThan(difference(image, other) * 1.1 + 0.1);
    assertThat(file.length).isLessThan(2 * other.length);
  }

  private static double difference(RgbImage image, byte[] file) {
    RgbImage read = ImageFiles.read(file, "a picture");
    double sum = 0;
    for (int i = 0; i < image.data().length; i++) {
      sum += Math.abs((read.data()[i] & 0xff) - (image.data()[i] & 0xff));
    }
    return sum / image.data().length;
  }

  @Property(tries = 40)
  void noiseOfAnySizeComesBackAboutAsItWas(
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 90) int height,
      @ForAll @IntRange(min = 1, max = 100) int quality,
      @ForAll long seed) {
    byte[] data = new byte[width * height * 3];
    new Random(seed).nextBytes(data);
    RgbImage image = new RgbImage(width, height, data);
    byte[] file = encoded(image, quality);
    RgbImage read = ImageFiles.read(file, "a picture");
    assertThat(read.width()).isEqualTo(width);
    assertThat(read.height()).isEqualTo(height);
    if (quality > 95) {
      assertThat(difference(image, file)).isLessThan(12);
    }
  }

  private static byte[] encoded(RgbImage image, int quality) {
    JpegEncoder encoder = new JpegEncoder(image.width(), image.height(), quality);
    int row = 3 * image.width();
    for (int y = 0; y < image.height(); y++) {
      encoder.row(Arrays.copyOfRange(image.data(), y * row, (y + 1) * row));
    }
    return encoder.file();
  }

  @Test
  void whatNoFileCanHoldIsRefused() {
    assertThatThrownBy(() -> new JpegEncoder(65536, 1, 92)).hasMessageContaining("65535");
    assertThatThrownBy(() -> new JpegEncoder(1, 1, 0)).hasMessageContaining("1 to 100");
  }
}
