package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovingWindowTest {

  @Test
  void theFirstWindowGoesFromTheSecondToTheNinetyEighthPercentile() {
    Normalization window = new MovingWindow(0.2f).next(ramp(0, 1));
    assertThat(window.low()).isCloseTo(0.02f, within(0.002f));
    assertThat(window.high()).isCloseTo(0.98f, within(0.002f));
  }

  @Test
  void anOutlierDoesNotMoveTheWindow() {
    DepthMap map = ramp(0, 1);
    map.data()[500] = 1e9f;
    assertThat(new MovingWindow(1).next(map).high()).isCloseTo(0.98f, within(0.003f));
  }

  @Test
  void theWindowFollowsByItsRateAndArrives() {
    MovingWindow moving = new MovingWindow(0.25f);
    float before = moving.next(ramp(0, 1)).high();
    float after = moving.next(ramp(0, 2)).high();
    assertThat(after).isCloseTo(before + 0.25f * (1.96f - before), within(0.005f));
    Normalization last = moving.next(ramp(0, 2));
    for (int i = 0; i < 40; i++) {
      last = moving.next(ramp(0, 2));
    }
    assertThat(last.high()).isCloseTo(1.96f, within(0.005f));
  }

  @Test
  void whatHasNoValueTakesNoPart() {
    DepthMap map = ramp(0, 1);
    for (int i = 0; i < map.data().length; i += 2) {
      map.data()[i] = i % 4 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
    }
    assertThat(new MovingWindow(1).next(map).high()).isCloseTo(0.98f, within(0.005f));
    DepthMap nothing = new DepthMap(Kind.DISPARITY, 1, 1, new float[] {Float.NaN});
    assertThat(new MovingWindow(1).next(nothing)).isEqualTo(new Normalization(0, 0));
    MovingWindow moving = new MovingWindow(1);
    Normalization window = moving.next(ramp(0, 1));
    assertThat(moving.next(nothing)).isEqualTo(window);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, 1.01f, Float.NaN})
  void aRateThatIsNoneIsRefused(float rate) {
    assertThatThrownBy(() -> new MovingWindow(rate)).isInstanceOf(IllegalArgumentException.class);
  }

  private static DepthMap ramp(float from, float to) {
    float[] values = new float[200 * 100];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + (to - from) * i / (values.length - 1);
    }
    return new DepthMap(Kind.DISPARITY, 200, 100, values);
  }
}
