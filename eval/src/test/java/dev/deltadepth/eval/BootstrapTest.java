package dev.deltadepth.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.eval.Bootstrap.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  /** Of a mean of many, theory knows the answer: 1.96 standard errors to each side. */
  @Test
  void ofManyPicturesItIsTheNormalInterval() {
    Random random = new Random(5);
    double[] values = random.doubles(400, 0, 1).toArray();
    Values all = equal(values);
    double deviation =
        Math.sqrt(
            Arrays.stream(values).map(v -> v - all.mean()).map(v -> v * v).average().orElseThrow());
    Interval interval = Bootstrap.mean(List.of(all));
    assertThat(interval.low()).isCloseTo(all.mean() - 1.96 * deviation / 20, within(0.004));
    assertThat(interval.high()).isCloseTo(all.mean() + 1.96 * deviation / 20, within(0.004));
  }

  @Test
  void theSamePicturesGiveTheSameIntervalAgain() {
    Values values = equal(0.1, 0.4, 0.2, 0.7, 0.3);
    assertThat(Bootstrap.mean(List.of(values))).isEqualTo(Bootstrap.mean(List.of(values)));
  }

  /** Errors that differ tenfold between pictures, but never between models, leave no doubt. */
  @Test
  void aRatioIsOfPairs() {
    double[] teacher = {0.05, 0.5, 0.1, 0.3, 0.02, 0.2};
    double[] student = Arrays.stream(teacher).map(value -> 1.25 * value).toArray();
    Interval ratio = Bootstrap.ratio(List.of(equal(student)), List.of(equal(teacher)));
    assertThat(ratio.low()).isCloseTo(1.25, within(1e-12));
    assertThat(ratio.high()).isCloseTo(1.25, within(1e-12));
    assertThatThrownBy(() -> Bootstrap.ratio(List.of(equal(student)), List.of(equal(0.1, 0.2))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 50)
  void itHoldsTheMeanAndStaysBetweenLeastAndGreatest(
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @DoubleRange(min = 0.01, max = 3) double scale,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[] values = random.doubles(count, 0, scale).toArray();
    double[] weights = random.doubles(count, 1, 9).toArray();
    Values all = new Values(values, weights);
    Interval interval = Bootstrap.mean(List.of(all));
    assertThat(interval.low())
        .isBetween(Arrays.stream(values).min().orElseThrow() - 1e-12, all.mean() + 1e-12);
    assertThat(interval.high())
        .isBetween(all.mean() - 1e-12, Arrays.stream(values).max().orElseThrow() + 1e-12);
  }

  @Test
  void aMeanOfSetsDrawsWithinEach() {
    Values steady = equal(0.2, 0.2, 0.2);
    Values one = equal(0.4);
    Interval interval = Bootstrap.mean(List.of(steady, one));
    assertThat(interval.low()).isCloseTo(0.3, within(1e-12));
    assertThat(interval.high()).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void whatIsMissingHasNoInterval() {
    assertThat(Bootstrap.mean(List.of())).isEqualTo(Interval.NONE);
    assertThat(Bootstrap.mean(List.of(equal(0.1, Double.NaN)))).isEqualTo(Interval.NONE);
  }

  /** The values are NumPy's: quantile([1, 2, 4, 8], [0, 0.5, 0.9, 1]). */
  @Test
  void quantilesAreNumpys() {
    double[] sorted = {1, 2, 4, 8};
    assertThat(Quantiles.of(sorted, 0)).isEqualTo(1);
    assertThat(Quantiles.of(sorted, 0.5)).isEqualTo(3);
    assertThat(Quantiles.of(sorted, 0.9)).isCloseTo(6.8, within(1e-12));
    assertThat(Quantiles.of(sorted, 1)).isEqualTo(8);
  }

  private static Values equal(double... values) {
    double[] weights = new double[values.length];
    Arrays.fill(weights, 1);
    return new Values(values, weights);
  }
}
