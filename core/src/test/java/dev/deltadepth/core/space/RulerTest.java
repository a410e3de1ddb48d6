package dev.deltadepth.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulerTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;

  /** A focal length of 20 pixels: at 2 m, a pixel is 0.1 m wide. */
  private static final Camera CAMERA = Camera.ofFocalLength(WIDTH, HEIGHT, 20);

  /** The left half is 2 m away, the right half 6 m; as a network might say it. */
  private static DepthMap map() {
    float[] values = new float[WIDTH * HEIGHT];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.1f + 0.8f / (i % WIDTH < WIDTH / 2 ? 2 : 6);
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, WIDTH, HEIGHT, values);
  }

  @Test
  void twoKnownDistancesGiveAllOthers() {
    Ruler ruler =
        Ruler.ofDistances(
            map(), CAMERA, List.of(new Fit.Point("one", 1, 1, 2), new Fit.Point("two", 38, 20, 6)));
    assertThat(ruler.distance(10, 25)).isCloseTo(2, within(1e-5));
    assertThat(ruler.distance(30, 3)).isCloseTo(6, within(1e-5));
    assertThat(ruler.between(5, 10, 15, 10)).as("ten pixels at 2 m").isCloseTo(1, within(1e-5));
    assertThat(ruler.between(30, 4, 30, 14)).as("ten pixels at 6 m").isCloseTo(3, within(1e-5));
    // From 0.05 m left of the axis at 2 m to 0.15 m right of it at 6 m.
    assertThat(ruler.between(19, 15, 20, 15))
        .isCloseTo(Math.hypot(Math.hypot(0.2, 0.1), 4), within(1e-5));
  }

  @Test
  void oneKnownLengthGivesAllOthers() {
    // The farthest is three times as far as the nearest, as the rule takes it to be.
    Ruler ruler = Ruler.ofLength(map(), CAMERA, 5, 10, 15, 10, 1);
    assertThat(ruler.distance(10, 25)).isCloseTo(2, within(1e-5));
    assertThat(ruler.distance(30, 3)).isCloseTo(6, within(1e-5));
    assertThat(ruler.between(30, 4, 30, 14)).isCloseTo(3, within(1e-5));
  }

  @Test
  void whatGivesNoMetresIsRefusedInWords() {
    assertThatThrownBy(() -> Ruler.ofLength(map(), CAMERA, 5, 10, 5, 10, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the two ends of a length must be different places");
    assertThatThrownBy(() -> Ruler.ofLength(map(), CAMERA, 5, 10, 6, 10, 0))
        .hasMessage("a length must be above 0 metres, not 0.0");
    assertThatThrownBy(() -> Ruler.ofLength(map(), CAMERA, 5, 10, 40, 10, 1))
        .hasMessage("the point 40, 10 is outside of a map of 40x30");
    assertThatThrownBy(() -> Ruler.ofLength(map(), Camera.unknown(3, 3), 5, 10, 6, 10, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3x3");
  }
}
