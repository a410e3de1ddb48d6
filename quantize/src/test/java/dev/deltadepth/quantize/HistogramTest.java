package dev.deltadepth.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
  /** A bell of deviation 1, with one value far out. */
  private static float[] values() {
    Random random = new Random(3);
    float[] values = new float[100_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    values[7] = 60;
    return values;
  }

  private static Histogram histogram() {
    Histogram histogram = new Histogram(Range.of(-5, 60));
    histogram.add(values());
    return histogram;
  }

  @Test
  void aPercentileLeavesOutWhatIsFarOut() {
    Range range = histogram().percentile(0.9999);
    assertThat(range.low()).isCloseTo(-3.9f, within(0.4f));
    assertThat(range.high()).isCloseTo(3.9f, within(0.4f));
    Range all = histogram().percentile(1);
    assertThat(all.high()).isCloseTo(60f, within(0.05f));
  }

  @Test
  void leastSquaresHaveTheSmallestError() {
    double best = error(histogram().leastSquares());
    assertThat(best).isLessThan(error(Range.of(-5, 60)));
    for (double share : new double[] {0.99, 0.999, 0.9999, 1}) {
      assertThat(best)
          .as("share %s", share)
          .isLessThan(1.02 * error(histogram().percentile(share)));
    }
  }

  @Test
  void aConstantStaysInItsRange() {
    Histogram histogram = new Histogram(Range.of(0, 0));
    histogram.add(new float[10]);
    assertThat(histogram.leastSquares().scale()).isPositive();
    assertThat(histogram.percentile(0.9999).low()).isZero();
  }

  /** The mean squared error of the bell's values after their way through bytes. */
  private static double error(Range range) {
    double sum = 0;
    for (float value : values()) {
      long step = Math.round((double) value / range.scale()) + range.zero();
      double back = (Math.min(Math.max(step, 0), 255) - range.zero()) * (double) range.scale();
      sum += (back - value) * (back - value);
    }
    return sum;
  }
}
