package dev.deltadepth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.steady.Motion;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WarpErrorTest {
  private static final Motion STILL = motion(0, 0);

  @Test
  void aSteadySequenceHasNone() {
    WarpError sequence = new WarpError();
    assertThat(sequence.value()).isNaN();
    assertThat(sequence.add(ramp(0, 1), STILL)).isNaN();
    assertThat(sequence.add(ramp(0, 1), STILL)).isZero();
    assertThat(sequence.pairs()).isEqualTo(1);
    assertThat(sequence.value()).isZero();
  }

  /** The values 0, 1, 2, 3 of the columns have a spread of 1. */
  @Test
  void aJumpOfAllValuesCountsInUnitsOfTheSpread() {
    WarpError sequence = new WarpError();
    sequence.add(ramp(0, 1), STILL);
    assertThat(sequence.add(ramp(0.25f, 1), STILL)).isCloseTo(0.25, within(1e-6));
    sequence.add(ramp(0.25f, 1), STILL);
    assertThat(sequence.value()).isCloseTo(0.125, within(1e-6));
  }

  /** The picture has moved to the left by one and a half columns, so its values have grown. */
  @Test
  void whatMovesIsComparedWithWhereItWas() {
    WarpError sequence = new WarpError();
    sequence.add(ramp(0, 1), STILL);
    float[] values = ramp(1.5f, 1).data();
    for (int i = 3; i < 8; i += 4) {
      values[i] = 3;
    }
    DepthMap moved = new DepthMap(DepthMap.Kind.DISPARITY, 4, 2, values);
    // The third column was at 3.5, the picture's edge; the fourth was outside.
    assertThat(sequence.add(moved, motion(1.5f, 0)))
        .isCloseTo(0.5 / 3 / ((1 + Spread.of(moved)) / 2), within(1e-6));
  }

  @Test
  void whatWasHiddenOrHasNoValueDoesNotCount() {
    WarpError sequence = new WarpError();
    DepthMap holed = ramp(0, 1);
    holed.data()[1] = Float.NaN;
    sequence.add(holed, STILL);
    Motion hidden = motion(0, 0);
    hidden.right()[0] = Float.NaN;
    DepthMap next = ramp(0, 1);
    next.data()[0] = 9;
    assertThat(sequence.add(next, hidden)).isZero();
    WarpError nothing = new WarpError();
    nothing.add(ramp(0, 1), STILL);
    assertThat(nothing.add(ramp(5, 1), motion(Float.NaN, 0))).isNaN();
    assertThat(nothing.pairs()).isZero();
  }

  @Test
  void refusesWhatIsNoSequence() {
    WarpError sequence = new WarpError();
    sequence.add(ramp(0, 1), STILL);
    DepthMap metres = new DepthMap(DepthMap.Kind.METRES, 4, 2, new float[8]);
    assertThatThrownBy(() -> sequence.add(metres, STILL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DISPARITY");
    DepthMap narrow = new DepthMap(DepthMap.Kind.DISPARITY, 2, 4, new float[8]);
    assertThatThrownBy(() -> sequence.add(narrow, STILL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same size");
  }

  /** Four columns and two rows; the columns' values rise by a step. */
  private static DepthMap ramp(float first, float step) {
    float[] values = new float[8];
    for (int i = 0; i < 8; i++) {
      values[i] = first + step * (i % 4);
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, 4, 2, values);
  }

  private static Motion motion(float right, float down) {
    float[] x = new float[8];
    float[] y = new float[8];
    Arrays.fill(x, right);
    Arrays.fill(y, down);
    return new Motion(4, 2, x, y);
  }
}
