package dev.deltadepth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import org.junit.jupiter.api.Test;

class TemporalInstabilityTest {
  private static final RgbImage GREY = image(100, 100);

  @Test
  void aSteadySequenceHasNone() {
    TemporalInstability sequence = new TemporalInstability();
    assertThat(sequence.value()).isNaN();
    for (int i = 0; i < 3; i++) {
      sequence.add(GREY, map(0, 1));
    }
    assertThat(sequence.pairs()).isEqualTo(2);
    assertThat(sequence.value()).isZero();
  }

  /** Both maps have a spread of 0.5, and the second is 0.1 above the first. */
  @Test
  void aJumpOfAllValuesCountsInUnitsOfTheSpread() {
    TemporalInstability sequence = new TemporalInstability();
    sequence.add(GREY, map(0, 1));
    sequence.add(GREY, map(0.1f, 1.1f));
    assertThat(sequence.value()).isCloseTo(0.2, within(1e-6));
    sequence.add(GREY, map(0.1f, 1.1f));
    assertThat(sequence.value()).isCloseTo(0.1, within(1e-6));
  }

  @Test
  void whatChangesInThePictureMayChangeInTheMap() {
    TemporalInstability sequence = new TemporalInstability();
    sequence.add(GREY, map(0, 1));
    sequence.add(image(100, 255), map(0, 2));
    // The weight of the right half is exp(-50 * 3 * (155 / 255)^2).
    assertThat(sequence.value()).isLessThan(1e-20);

    TemporalInstability slight = new TemporalInstability();
    slight.add(GREY, map(0, 1));
    slight.add(image(100, 110), map(0, 2));
    double weight = Math.exp(-50 * 3 * Math.pow(10 / 255.0, 2));
    assertThat(slight.value()).isCloseTo(weight / (1 + weight) / 0.75, within(1e-9));
  }

  @Test
  void refusesWhatIsNoSequence() {
    TemporalInstability sequence = new TemporalInstability();
    sequence.add(GREY, map(0, 1));
    DepthMap metres = new DepthMap(DepthMap.Kind.METRES, 4, 2, new float[8]);
    assertThatThrownBy(() -> sequence.add(GREY, metres))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DISPARITY");
    DepthMap narrow = new DepthMap(DepthMap.Kind.DISPARITY, 2, 4, new float[8]);
    assertThatThrownBy(() -> sequence.add(GREY, narrow))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have the same size");
    assertThatThrownBy(() -> sequence.add(new RgbImage(2, 4, new byte[24]), narrow))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frames of a sequence");
  }

  /** Four columns and two rows; the left half has one value and the right another. */
  private static DepthMap map(float left, float right) {
    float[] values = new float[8];
    for (int i = 0; i < 8; i++) {
      values[i] = i % 4 < 2 ? left : right;
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, 4, 2, values);
  }

  private static RgbImage image(int left, int right) {
    byte[] values = new byte[24];
    for (int i = 0; i < 24; i++) {
      values[i] = (byte) (i / 3 % 4 < 2 ? left : right);
    }
    return new RgbImage(4, 2, values);
  }
}
