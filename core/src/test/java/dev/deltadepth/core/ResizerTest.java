package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.Resizer.Filter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizerTest {

  @Tag("shared")
  @ParameterizedTest
  @CsvSource({
    "BILINEAR, pil_bilinear_24x32, 32, 24",
    "BILINEAR, pil_bilinear_60x80, 80, 60",
    "BICUBIC, pil_bicubic_24x32, 32, 24",
    "BICUBIC, pil_bicubic_60x80, 80, 60"
  })
  void picturesAreEqualToPillowInEveryBit(Filter filter, String fixture, int width, int height)
      throws IOException {
    float[] pixels = fixture("image_37x53x3");
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    RgbImage resized = Resizer.resize(new RgbImage(53, 37, bytes), width, height, filter);
    float[] expected = fixture(fixture);
    for (int i = 0; i < expected.length; i++) {
      assertThat(resized.data()[i] & 0xff).as("byte %d", i).isEqualTo((int) expected[i]);
    }
  }

  @Tag("shared")
  @ParameterizedTest
  @CsvSource({
    "false, torch_bilinear_24x32, 32, 24",
    "false, torch_bilinear_60x80, 80, 60",
    "true, torch_bilinear_antialias_24x32, 32, 24",
    "true, torch_bilinear_antialias_60x80, 80, 60"
  })
  void mapsAreThoseOfTorch(boolean antialias, String fixture, int width, int height)
      throws IOException {
    float[] pixels = fixture("image_37x53x3");
    float[] expected = fixture(fixture);
    for (int c = 0; c < 3; c++) {
      float[] channel = new float[37 * 53];
      for (int i = 0; i < channel.length; i++) {
        channel[i] = pixels[i * 3 + c];
      }
      DepthMap map = new DepthMap(Kind.DISPARITY, 53, 37, channel);
      DepthMap resized =
          antialias
              ? Resizer.resizeAntialiased(map, width, height)
              : Resizer.resize(map, width, height);
      for (int i = 0; i < resized.data().length; i++) {
        assertThat(resized.data()[i])
            .as("channel %d value %d", c, i)
            .isEqualTo(expected[i * 3 + c], within(1e-4f));
      }
    }
  }

  @Property(tries = 60)
  void aPictureOfOneColourKeepsIt(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 70) int newWidth,
      @ForAll @IntRange(min = 1, max = 70) int newHeight,
      @ForAll byte colour,
      @ForAll Filter filter) {
    byte[] data = new byte[width * height * 3];
    Arrays.fill(data, colour);
    RgbImage resized =
        Resizer.resize(new RgbImage(width, height, data), newWidth, newHeight, filter);
    assertThat(resized.width()).isEqualTo(newWidth);
    assertThat(resized.height()).isEqualTo(newHeight);
    for (byte value : resized.data()) {
      assertThat(value).isEqualTo(colour);
    }
  }

  @Property(tries = 60)
  void valuesStayBetweenTheLowestAndTheHighest(
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(min = 1, max = 50) int newWidth,
      @ForAll @IntRange(min = 1, max = 50) int newHeight,
      @ForAll long seed) {
    DepthMap map = randomMap(width, height, seed);
    Normalization before = Normalization.of(map);
    for (DepthMap resized :
        new DepthMap[] {
          Resizer.resize(map, newWidth, newHeight),
          Resizer.resizeAntialiased(map, newWidth, newHeight)
        }) {
      Normalization after = Normalization.of(resized);
      assertThat(after.low()).isGreaterThanOrEqualTo(before.low() - 1e-5f);
      assertThat(after.high()).isLessThanOrEqualTo(before.high() + 1e-5f);
    }
  }

  @Property(tries = 40)
  void aMapOfOneValueKeepsIt(
      @ForAll @IntRange(min = 1, max = 50) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(min = 1, max = 50) int newWidth,
      @ForAll @IntRange(min = 1, max = 50) int newHeight) {
    float[] data = new float[width * height];
    Arrays.fill(data, 0.3f);
    DepthMap map = new DepthMap(Kind.METRES, width, height, data);
    DepthMap resized = Resizer.resize(map, newWidth, newHeight);
    assertThat(resized.kind()).isEqualTo(Kind.METRES);
    assertThat(resized.data()).containsOnly(0.3f);
    for (float value : Resizer.resizeAntialiased(map, newWidth, newHeight).data()) {
      assertThat(value).isEqualTo(0.3f, within(1e-6f));
    }
  }

  @Test
  void theSameSizeIsTheSameThing() {
    DepthMap map = randomMap(7, 5, 1);
    assertThat(Resizer.resize(map, 7, 5)).isSameAs(map);
    RgbImage image = new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
    assertThat(Resizer.resize(image, 2, 1)).isSameAs(image);
  }

  @Test
  void aDoubledRowIsWhatTheFormulaGives() {
    DepthMap map = new DepthMap(Kind.DISPARITY, 2, 1, new float[] {0, 1});
    assertThat(Resizer.resize(map, 4, 1).data()).containsExactly(0, 0.25f, 0.75f, 1);
  }

  @Test
  void impossibleSizesAreRefused() {
    DepthMap map = randomMap(2, 2, 1);
    assertThatThrownBy(() -> Resizer.resize(map, 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0x3");
    assertThatThrownBy(() -> Resizer.resize(map, 1 << 20, 1 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not fit");
  }

  private static DepthMap randomMap(int width, int height, long seed) {
    Random random = new Random(seed);
    float[] data = new float[width * height];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextFloat() * 20 - 10;
    }
    return new DepthMap(Kind.DISPARITY, width, height, data);
  }

  /** The float32 values of an .npy file of format 1.0. */
  private static float[] fixture(String name) throws IOException {
    Path file = Path.of(System.getProperty("delta.shared"), "parity", "resize", name + ".npy");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(10 + (bytes.getShort(8) & 0xffff));
    float[] values = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** Otherwise the picture in between has gigabytes. */
  @ParameterizedTest
  @CsvSource({"1, 4900000, 64, 512", "4900000, 1, 512, 64", "49000000, 1, 512, 64"})
  void longLinesAreShrunkBeforeTheyAreWidened(int width, int height, int newWidth, int newHeight) {
    byte[] data = new byte[width * height * 3];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (255L * (i / 3) / (data.length / 3 - 1));
    }
    RgbImage line = new RgbImage(width, height, data);
    long before = allocated();
    RgbImage small = Resizer.resize(line, newWidth, newHeight, Filter.BICUBIC);
    long pixels = Math.max(width, height);
    // Twelve bytes for each weight, of which there are four a pixel; nothing for the short side.
    assertThat(allocated() - before).isLessThan(64 * pixels + 40_000_000);
    boolean wide = width > height;
    for (int x = 0; x < newWidth; x++) {
      for (int y = 0; y < newHeight; y++) {
        int along = wide ? x : y;
        int expected = (int) ((along + 0.5) / 512 * 256);
        assertThat(small.data()[(y * newWidth + x) * 3] & 0xff)
            .isBetween(expected - 1, expected + 1);
      }
    }
  }

  @Test
  void longMapsAreShrunkBeforeTheyAreWidened() {
    float[] data = new float[4_900_000];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) i / data.length;
    }
    DepthMap line = new DepthMap(Kind.DISPARITY, 1, data.length, data);
    long before = allocated();
    DepthMap small = Resizer.resizeAntialiased(line, 64, 512);
    assertThat(allocated() - before).isLessThan(60L * data.length);
    for (int y = 1; y < 511; y++) {
      assertThat(small.data()[y * 64 + 63]).isEqualTo((y + 0.5f) / 512, within(1e-4f));
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** As an independent sum over every pixel gives it, also where the taps come in parts. */
  @ParameterizedTest
  @CsvSource({"700000, 2, 5, 3", "2, 700000, 3, 5", "400000, 3, 900, 1"})
  void partsOfTheTapsMakeAWhole(int width, int height, int newWidth, int newHeight) {
    DepthMap map = randomMap(width, height, 3);
    DepthMap resized = Resizer.resizeAntialiased(map, newWidth, newHeight);
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        assertThat(resized.data()[y * newWidth + x])
            .isEqualTo(mean(map, x, y, newWidth, newHeight), within(1e-3f));
      }
    }
  }

  private static float mean(DepthMap map, int x, int y, int newWidth, int newHeight) {
    double sum = 0;
    double all = 0;
    for (int v = 0; v < map.height(); v++) {
      double row = triangle(v, map.height(), y, newHeight);
      for (int u = 0; row > 0 && u < map.width(); u++) {
        double weight = row * triangle(u, map.width(), x, newWidth);
        sum += weight * map.data()[v * map.width() + u];
        all += weight;
      }
    }
    return (float) (sum / all);
  }

  private static double triangle(int in, int inputs, int out, int outputs) {
    double scale = (double) inputs / outputs;
    double distance = in + 0.5 - (out + 0.5) * scale;
    return Math.max(0, 1 - Math.abs(distance) / Math.max(1, scale));
  }
}
