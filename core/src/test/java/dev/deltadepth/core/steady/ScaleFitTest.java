package dev.deltadepth.core.steady;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleFitTest {
  private static final int COUNT = 2_000;

  private final Random random = new Random(7);
  private final float[] values = new float[COUNT];
  private final float[] targets = new float[COUNT];
  private final float[] weights = new float[COUNT];
  private final ScaleFit fit = new ScaleFit();

  private void line(double scale, double shift, double noise) {
    for (int i = 0; i < COUNT; i++) {
      values[i] = random.nextFloat();
      targets[i] = (float) (scale * values[i] + shift + noise * random.nextGaussian());
      weights[i] = 1;
    }
  }

  @Test
  void aLineIsFoundExactlyWithThirtyPercentOfOutliers() {
    line(1.7, -0.4, 0);
    for (int i = 0; i < COUNT; i++) {
      if (i % 10 < 3) {
        targets[i] = 4 * random.nextFloat();
      }
    }
    assertThat(fit.fit(values, targets, weights)).isTrue();
    assertThat(fit.scale()).isCloseTo(1.7, within(0.01));
    assertThat(fit.shift()).isCloseTo(-0.4, within(0.01));
  }

  @Test
  void aLineWithoutOutliersIsFoundToTheLastDigits() {
    line(0.25, 3, 0);
    assertThat(fit.fit(values, targets, weights)).isTrue();
    assertThat(fit.scale()).isCloseTo(0.25, within(1e-6));
    assertThat(fit.shift()).isCloseTo(3, within(1e-6));
    assertThat(fit.correlation()).isCloseTo(1, within(1e-6));
    assertThat(fit.residual()).isLessThan(1e-6);
  }

  /** Least squares would find a flatter line: 1.7 / 1.12. */
  @Test
  void noiseInBothDoesNotMakeTheLineFlatter() {
    line(1.7, 0, 0);
    for (int i = 0; i < COUNT; i++) {
      values[i] += (float) (0.1 * random.nextGaussian());
      targets[i] += (float) (0.17 * random.nextGaussian());
    }
    assertThat(fit.fit(values, targets, weights)).isTrue();
    assertThat(fit.scale()).isCloseTo(1.7, within(0.06));
  }

  @Test
  void whatHasNoWeightTakesNoPart() {
    line(2, 1, 0.01);
    for (int i = 0; i < COUNT; i += 2) {
      values[i] = Float.NaN;
      weights[i] = 0;
    }
    assertThat(fit.fit(values, targets, weights)).isTrue();
    assertThat(fit.scale()).isCloseTo(2, within(0.01));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e3f, -1e3f})
  void largeOffsetsCostNoPrecision(float offset) {
    line(1, 0, 0);
    for (int i = 0; i < COUNT; i++) {
      values[i] += offset;
    }
    assertThat(fit.fit(values, targets, weights)).isTrue();
    assertThat(fit.scale()).isCloseTo(1, within(1e-3));
  }

  @Test
  void pairsThatDetermineNoLineAreRefused() {
    assertThat(fit.fit(values, targets, weights)).as("no weight").isFalse();
    Arrays.fill(weights, 1);
    assertThat(fit.fit(values, targets, weights)).as("constant").isFalse();
    line(1, 0, 0);
    for (int i = 0; i < COUNT; i++) {
      targets[i] = random.nextFloat();
    }
    assertThat(fit.fit(values, targets, weights)).as("unrelated").isFalse();
    line(-1, 0, 0);
    assertThat(fit.fit(values, targets, weights)).as("reversed").isFalse();
  }
}
