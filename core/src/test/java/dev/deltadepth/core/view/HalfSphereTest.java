package dev.deltadepth.core.view;

import static dev.deltadepth.core.view.StereoPairTest.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalfSphereTest {

  /** Columns hold their own number, so that each pixel tells where it came from. */
  @Test
  void aPixelComesFromItsDirection() {
    int width = 240;
    byte[] rgb = new byte[width * 160 * 3];
    for (int i = 0; i < width * 160; i++) {
      rgb[3 * i] = (byte) (i % width);
      rgb[3 * i + 1] = (byte) (i / width);
      rgb[3 * i + 2] = (byte) 255;
    }
    RgbImage photo = new RgbImage(width, 160, rgb);
    HalfSphere sphere = new HalfSphere(90);
    RgbImage out = sphere.draw(photo, 1000);
    // 30 degrees to the right on the horizon: 120 pixels x tan 30 from the middle.
    int x = (int) Math.round(1000 * (0.5 + 30 / 180.0));
    double expected = 120 + 120 * Math.tan(Math.toRadians(180 * ((x + 0.5) / 1000 - 0.5))) - 0.5;
    assertThat(out.value(x, 500, 0)).isCloseTo((int) Math.round(expected), within(1));
    // 20 degrees down, straight ahead.
    int y = (int) Math.round(1000 * (0.5 + 20 / 180.0));
    double row = 80 + 120 * Math.tan(Math.toRadians(180 * ((y + 0.5) / 1000 - 0.5))) - 0.5;
    assertThat(out.value(500, y, 1)).isCloseTo((int) Math.round(row), within(1));
    // Beyond 45 degrees there is nothing.
    assertThat(out.value(1000 * 140 / 180, 500, 2)).isZero();
    assertThat(out.value(1000 * 134 / 180, 500, 2)).isEqualTo(255);
    assertThat(sphere.side(photo)).isEqualTo(2 * Math.round((float) Math.PI * 60));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 17})
  void anySizeWorks(int side) {
    StereoPair pair = new StereoPair(noise(1, 1), noise(1, 1));
    assertThat(new HalfSphere(60).draw(pair, side).right().width()).isEqualTo(side);
    assertThat(new HalfSphere(60).draw(noise(300, 3), side).height()).isEqualTo(side);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 180, Double.NaN})
  void anAngleThatIsNoneIsRefused(double angle) {
    assertThatThrownBy(() -> new HalfSphere(angle)).hasMessageContaining("between 0 and 180");
  }
}
