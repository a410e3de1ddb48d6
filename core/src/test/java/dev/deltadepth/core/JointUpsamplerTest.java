package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JointUpsamplerTest {

  private static RgbImage photo(int width, int height, Colour colour) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      int value = colour.at(i % width, i / width);
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = (byte) (value >> (16 - 8 * c));
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private interface Colour {
    int at(int x, int y);
  }

  private static DepthMap map(int width, int height, Value value) {
    float[] data = new float[width * height];
    for (int i = 0; i < data.length; i++) {
      data[i] = value.at(i % width, i / width);
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, width, height, data);
  }

  private interface Value {
    float at(int x, int y);
  }

  private static RgbImage noise(int width, int height, long seed) {
    byte[] rgb = new byte[3 * width * height];
    new Random(seed).nextBytes(rgb);
    return new RgbImage(width, height, rgb);
  }

  @Test
  void aSoftEdgeBecomesThePhotosSharpOne() {
    // A grey figure from column 100 on; the map, an eighth as large, goes up over four values.
    RgbImage photo = photo(200, 120, (x, y) -> x < 100 ? 0x203040 : 0xc0b0a0);
    DepthMap soft = map(25, 15, (x, y) -> Math.max(0, Math.min(1, (x - 10) / 4f)));
    DepthMap joint = JointUpsampler.enlarge(soft, photo);
    DepthMap bilinear = Resizer.resize(soft, 200, 120);
    float step = joint.value(100, 60) - joint.value(99, 60);
    assertThat(step).isGreaterThan(0.3f);
    assertThat(bilinear.value(100, 60) - bilinear.value(99, 60)).isLessThan(0.05f);
    assertThat(joint.value(20, 60)).isCloseTo(0, within(0.01f));
    assertThat(joint.value(180, 60)).isCloseTo(1, within(0.01f));
  }

  @Property(tries = 60)
  void aPatternOnASlantedWallStaysOnTheWall(
      @ForAll @IntRange(min = 1, max = 40) int period,
      @ForAll @IntRange(min = 0, max = 0xffffff) int first,
      @ForAll @IntRange(min = 0, max = 0xffffff) int second) {
    RgbImage photo = photo(240, 160, (x, y) -> (x / period + y / period) % 2 == 0 ? first : second);
    DepthMap wall = map(30, 20, (x, y) -> 0.3f + 0.01f * x - 0.005f * y);
    DepthMap joint = JointUpsampler.enlarge(wall, photo);
    DepthMap bilinear = Resizer.resize(wall, 240, 160);
    for (int i = 0; i < joint.data().length; i++) {
      // One step of the map along both axes at most, 2 % of what a map from 0 to 1 could move.
      assertThat(joint.data()[i]).isCloseTo(bilinear.data()[i], within(0.0151f));
    }
  }

  @Property(tries = 30)
  void valuesStayAmongTheirNeighbours(@ForAll long seed) {
    Random random = new Random(seed);
    DepthMap map = map(17, 11, (x, y) -> random.nextFloat());
    DepthMap joint = JointUpsampler.enlarge(map, noise(90, 70, seed));
    for (int y = 0; y < 70; y++) {
      for (int x = 0; x < 90; x++) {
        float low = 1;
        float high = 0;
        int column = (int) Math.floor((x + 0.5) * 17 / 90 - 0.5);
        int row = (int) Math.floor((y + 0.5) * 11 / 70 - 0.5);
        for (int dy = -1; dy <= 2; dy++) {
          for (int dx = -1; dx <= 2; dx++) {
            float value =
                map.value(
                    Math.max(0, Math.min(16, column + dx)), Math.max(0, Math.min(10, row + dy)));
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
        }
        assertThat(joint.value(x, y)).isBetween(low - 1e-6f, high + 1e-6f);
      }
    }
  }

  @Property(tries = 30)
  void scaleAndShiftCarryOver(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.1, max = 10) double scale,
      @ForAll @DoubleRange(min = -5, max = 5) double shift) {
    Random random = new Random(seed);
    DepthMap map = map(16, 12, (x, y) -> random.nextFloat());
    RgbImage photo = noise(64, 48, seed + 1);
    DepthMap one = JointUpsampler.enlarge(map, photo);
    DepthMap other =
        JointUpsampler.enlarge(
            map(16, 12, (x, y) -> (float) (scale * map.value(x, y) + shift)), photo);
    for (int i = 0; i < one.data().length; i++) {
      assertThat((double) other.data()[i])
          .isCloseTo(scale * one.data()[i] + shift, within(2e-5 * (scale + Math.abs(shift))));
    }
  }

  @Test
  void whatCannotBeGuidedIsResized() {
    RgbImage photo = noise(40, 30, 1);
    DepthMap large = map(80, 60, (x, y) -> x * y);
    assertThat(JointUpsampler.enlarge(large, photo)).isEqualTo(Resizer.resize(large, 40, 30));
    DepthMap holed = map(10, 8, (x, y) -> x == 3 && y == 3 ? Float.NaN : x);
    assertThat(JointUpsampler.enlarge(holed, photo)).isEqualTo(Resizer.resize(holed, 40, 30));
    DepthMap tiny = map(1, 1, (x, y) -> 0.5f);
    assertThat(JointUpsampler.enlarge(tiny, photo).data()).containsOnly(0.5f);
    DepthMap row = map(5, 1, (x, y) -> x);
    assertThat(JointUpsampler.enlarge(row, noise(50, 4, 2)).kind()).isEqualTo(row.kind());
  }

  @Test
  void theKindsHaveNames() {
    DepthMap map = map(10, 8, (x, y) -> x);
    RgbImage photo = noise(40, 30, 1);
    assertThat(Upsampling.named("joint")).contains(Upsampling.JOINT);
    assertThat(Upsampling.named("cubic")).isEmpty();
    assertThat(Upsampling.JOINT.enlarge(map, photo)).isEqualTo(JointUpsampler.enlarge(map, photo));
    assertThat(Upsampling.BILINEAR.enlarge(map, photo)).isEqualTo(Resizer.resize(map, 40, 30));
  }
}
