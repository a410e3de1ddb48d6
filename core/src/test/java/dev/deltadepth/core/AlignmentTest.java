package dev.deltadepth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AlignmentTest {

  @Property
  void recoversAnExactAffineRelation(
      @ForAll @DoubleRange(min = -100, max = 100) double scale,
      @ForAll @DoubleRange(min = -1000, max = 1000) double shift,
      @ForAll @IntRange(min = 2, max = 200) int count,
      @ForAll long seed) {
    Random random = new Random(seed);
    Alignment.Fit fit = new Alignment.Fit();
    for (int i = 0; i < count; i++) {
      double value = i + random.nextDouble();
      fit.add(value, scale * value + shift);
    }
    assertThat(fit.count()).isEqualTo(count);
    assertThat(fit.alignment().scale()).isCloseTo(scale, within(1e-8));
    assertThat(fit.alignment().shift()).isCloseTo(shift, within(1e-6));
  }

  @Property
  void theResidualIsOrthogonalToThePredictionAndToAConstant(
      @ForAll @IntRange(min = 3, max = 300) int count, @ForAll long seed) {
    Random random = new Random(seed);
    float[] prediction = new float[count];
    float[] target = new float[count];
    boolean[] mask = new boolean[count];
    for (int i = 0; i < count; i++) {
      prediction[i] = random.nextFloat();
      target[i] = random.nextFloat();
      mask[i] = i < 2 || random.nextInt(4) > 0;
    }
    Alignment alignment = Alignment.leastSquares(prediction, target, mask);
    double sum = 0;
    double product = 0;
    for (int i = 0; i < count; i++) {
      if (mask[i]) {
        double residual = alignment.apply(prediction[i]) - target[i];
        sum += residual;
        product += residual * prediction[i];
      }
    }
    // A scale blown up by two nearly equal predictions blows the rounding up as well.
    double tolerance = 1e-9 * (1 + Math.abs(alignment.scale())) * count;
    assertThat(sum).isCloseTo(0, within(tolerance));
    assertThat(product).isCloseTo(0, within(tolerance));
  }

  @Property
  void aLargeOffsetOfThePredictionCostsNoDigits(@ForAll long seed) {
    Random random = new Random(seed);
    Alignment.Fit near = new Alignment.Fit();
    Alignment.Fit far = new Alignment.Fit();
    for (int i = 0; i < 100; i++) {
      // Multiples of 1/1024 stay exact with the offset added.
      double value = random.nextInt(1024) / 1024.0;
      double target = random.nextDouble();
      near.add(value, target);
      far.add(value + (1L << 30), target);
    }
    assertThat(far.alignment().scale()).isCloseTo(near.alignment().scale(), within(1e-6));
  }

  @Test
  void aConstantPredictionHasScaleZeroAndTheMeanAsShift() {
    float[] prediction = {0.1f, 0.1f, 0.1f, 9f};
    float[] target = {1, 2, 6, 100};
    boolean[] mask = {true, true, true, false};
    assertThat(Alignment.leastSquares(prediction, target, mask)).isEqualTo(new Alignment(0, 3));
  }

  @Test
  void maskedPixelsMayHoldAnything() {
    float[] prediction = {0, 1, Float.NaN, 2, 5};
    float[] target = {1, 3, 7, 5, Float.POSITIVE_INFINITY};
    boolean[] mask = {true, true, false, true, false};
    Alignment alignment = Alignment.leastSquares(prediction, target, mask);
    assertThat(alignment.scale()).isCloseTo(2, within(1e-12));
    assertThat(alignment.shift()).isCloseTo(1, within(1e-12));
  }

  @Test
  void alignsAMapAndKeepsItsKindAndHoles() {
    DepthMap map = new DepthMap(DepthMap.Kind.DISPARITY, 2, 1, new float[] {0.5f, Float.NaN});
    DepthMap aligned = new Alignment(4, -1).apply(map);
    assertThat(aligned.kind()).isEqualTo(DepthMap.Kind.DISPARITY);
    assertThat(aligned.data()).containsExactly(1f, Float.NaN);
    assertThat(Alignment.IDENTITY.apply(map).data()).isEqualTo(map.data());
  }

  @Test
  void refusesWhatCannotBeFitted() {
    assertThatThrownBy(
            () -> Alignment.leastSquares(new float[2], new float[3], new boolean[] {true, true}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2, 3 and 2");
    boolean[] nothing = new boolean[2];
    assertThatThrownBy(() -> Alignment.leastSquares(new float[2], new float[2], nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no valid pixels");
  }
}
