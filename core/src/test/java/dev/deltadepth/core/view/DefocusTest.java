package dev.deltadepth.core.view;

import static dev.deltadepth.core.view.StereoPairTest.map;
import static dev.deltadepth.core.view.StereoPairTest.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefocusTest {

  @Test
  void whatIsInFocusStaysAsItIs() {
    RgbImage photo = noise(40, 30);
    DepthMap flat = map(40, 30, (x, y) -> 1);
    assertThat(new Defocus(photo, flat, new Aperture(0.5, 20)).apply()).isEqualTo(photo);
    DepthMap slope = map(40, 30, (x, y) -> x);
    assertThat(new Defocus(photo, slope, new Aperture(0.5, 0)).apply()).isEqualTo(photo);
  }

  /** A point on a black wall becomes an even disc of the right size and light. */
  @ParameterizedTest
  @ValueSource(doubles = {4, 9, 15})
  void aPointBecomesADiscOfTheRightRadius(double radius) {
    int size = 160;
    // One bright pixel far away on the left; what is in focus is a strip on the right.
    DepthMap map = map(size, size, (x, y) -> x < 130 ? 0 : 1);
    byte[] rgb = new byte[size * size * 3];
    int block = 2;
    for (int y = 60; y < 60 + block; y++) {
      for (int x = 60; x < 60 + block; x++) {
        Arrays.fill(rgb, 3 * (y * size + x), 3 * (y * size + x) + 3, (byte) 255);
      }
    }
    double diameter = 200 * radius / (0.97 * size);
    RgbImage out =
        new Defocus(new RgbImage(size, size, rgb), map, new Aperture(1, diameter)).apply();
    double light = 0;
    double inertia = 0;
    for (int y = 0; y < 120; y++) {
      for (int x = 0; x < 120; x++) {
        float here = Highlights.light()[out.value(x, y, 0)];
        light += here;
        inertia += here * ((x - 60.5) * (x - 60.5) + (y - 60.5) * (y - 60.5));
      }
    }
    // No light is lost, but for what rounds to black; a disc's mean squared radius is half its own.
    double whole = block * block * Highlights.light()[255];
    assertThat(light).isCloseTo(whole, within(0.2 * whole));
    assertThat(Math.sqrt(2 * inertia / light)).isCloseTo(radius, within(0.08 * radius + 1));
    // It is even: the centre is no brighter than half-way to the edge.
    int half = (int) (60.5 + radius / 2);
    assertThat(out.value(half, 60, 0)).isCloseTo(out.value(60, 60, 0), within(4));
  }

  @Test
  void theSharpForegroundDoesNotBleedIntoTheBlur() {
    int width = 120;
    DepthMap map = map(width, 60, (x, y) -> x < 60 ? 0 : 1);
    byte[] rgb = new byte[width * 60 * 3];
    for (int i = 0; i < width * 60; i++) {
      // A green wall, a red post in focus.
      rgb[3 * i + (i % width < 60 ? 1 : 0)] = (byte) 200;
    }
    RgbImage out = new Defocus(new RgbImage(width, 60, rgb), map, new Aperture(1, 15)).apply();
    for (int x = 0; x < 55; x++) {
      assertThat(out.value(x, 30, 0)).as("red at " + x).isZero();
      assertThat(out.value(x, 30, 1)).isBetween(199, 201);
    }
    assertThat(out.value(64, 30, 0)).isEqualTo(200);
    assertThat(out.value(64, 30, 1)).isZero();
    // In front of the focus, it is the other way round: the blur lies over what is sharp.
    RgbImage front = new Defocus(new RgbImage(width, 60, rgb), map, new Aperture(0, 15)).apply();
    assertThat(front.value(55, 30, 0)).isPositive();
    assertThat(front.value(30, 30, 1)).isEqualTo(200);
  }

  @Test
  void brightLightsStayBrighterThanAMeanOfValues() {
    assertThat(Highlights.light()[255] / Highlights.light()[128]).isGreaterThan(8);
    for (int i = 0; i < 256; i++) {
      assertThat(Highlights.encode(Highlights.light()[i]) & 0xff).isEqualTo(i);
      assertThat(LinearLight.encode(LinearLight.levels()[i]) & 0xff).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "7,1", "3,2", "65,33"})
  void anySizeWorksAndBandsMakeNoDifference(int width, int height) {
    RgbImage photo = noise(width, height);
    DepthMap map = map(width, height, (x, y) -> (x * x + 3 * y) % 11);
    Defocus defocus = new Defocus(photo, map, new Aperture(0.4, 18));
    RgbImage whole = defocus.apply();
    byte[] parts = new byte[whole.data().length];
    for (int y = 0; y < height; y += 5) {
      defocus.rows(y, Math.min(height, y + 5), parts);
    }
    assertThat(parts).isEqualTo(whole.data());
  }

  @Test
  void theForegroundIsCutOutWithoutTheColoursBehind() {
    int width = 60;
    DepthMap map = map(width, 40, (x, y) -> x < 30 ? 0 : 1);
    byte[] rgb = new byte[width * 40 * 3];
    for (int i = 0; i < width * 40; i++) {
      rgb[3 * i + (i % width < 30 ? 1 : 0)] = (byte) 200;
    }
    double threshold = CutOut.threshold(Nearness.of(map));
    assertThat(threshold).isBetween(0.001, 1.0);
    CutOut cut = CutOut.of(new RgbImage(width, 40, rgb), map, threshold);
    for (int x = 0; x < width; x++) {
      int opacity = cut.opacity()[20 * width + x] & 0xff;
      if (opacity > 0) {
        assertThat(cut.colours().value(x, 20, 1)).isZero();
      }
      assertThat(opacity == 0 || opacity == 255 || Math.abs(x - 29.5) < 5).isTrue();
    }
    assertThat(cut.opacity()[20 * width]).isZero();
    assertThat(cut.opacity()[20 * width + 59]).isEqualTo((byte) 255);
    assertThat(cut.over(0x0000ff).value(0, 20, 2)).isEqualTo(255);
    assertThat(cut.over(0x0000ff).value(59, 20, 0)).isEqualTo(200);
  }

  @Test
  void fogGrowsWithDistance() {
    Fog fog = new Fog(0.9, 0xffffff);
    assertThat(fog.cover(1)).isZero();
    assertThat(fog.cover(0)).isCloseTo(0.9, within(1e-9));
    assertThat(fog.cover(0.5)).isBetween(0.1, 0.3);
    RgbImage black = new RgbImage(5, 1, new byte[15]);
    RgbImage out = fog.apply(black, map(5, 1, (x, y) -> x));
    for (int x = 1; x < 5; x++) {
      assertThat(out.value(x, 0, 0)).isLessThan(out.value(x - 1, 0, 0));
    }
    assertThat(out.value(4, 0, 0)).isZero();
  }

  @Test
  void nothingButGoodSettingsIsTaken() {
    assertThatThrownBy(() -> new Aperture(1.1, 2)).hasMessageContaining("focus must be between");
    assertThatThrownBy(() -> new Aperture(0.5, 21)).hasMessageContaining("0 and 20 percent");
    assertThatThrownBy(() -> new Fog(1, 0)).hasMessageContaining("below 1");
    assertThatThrownBy(() -> CutOut.of(noise(2, 2), map(2, 2, (x, y) -> x), Double.NaN))
        .hasMessageContaining("threshold");
    assertThatThrownBy(() -> new Defocus(noise(2, 2), map(3, 2, (x, y) -> x), new Aperture(0.5, 2)))
        .hasMessageContaining("but its map");
  }
}
