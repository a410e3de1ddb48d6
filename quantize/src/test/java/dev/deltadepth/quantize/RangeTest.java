package dev.deltadepth.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class RangeTest {
  @Property
  void zeroIsAByteAndTheEndsAreCovered(
      @ForAll @FloatRange(min = -1e4f, max = 1e4f) float a,
      @ForAll @FloatRange(min = -1e4f, max = 1e4f) float b) {
    Range range = Range.of(Math.min(a, b), Math.max(a, b));
    assertThat(range.zero()).isBetween(0, 255);
    assertThat(range.scale()).isPositive();
    double lowest = -range.zero() * (double) range.scale();
    double highest = (255 - range.zero()) * (double) range.scale();
    assertThat(lowest).isCloseTo(range.low(), within(0.51 * range.scale()));
    assertThat(highest).isCloseTo(range.high(), within(0.51 * range.scale()));
  }

  @Test
  void positiveValuesHaveAllStepsAboveZero() {
    assertThat(Range.of(0.5, 2)).isEqualTo(new Range(0, 2));
    assertThat(Range.of(0.5, 2).zero()).isZero();
    assertThat(Range.of(-3, -1).zero()).isEqualTo(255);
    assertThat(Range.of(0, 0).scale()).isPositive();
  }
}
