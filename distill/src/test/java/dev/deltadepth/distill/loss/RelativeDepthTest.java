package dev.deltadepth.distill.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.torch.Tensors;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class RelativeDepthTest {

  private static final RelativeDepth LOSS = new RelativeDepth();

  /** Inverse depths of 4x4 pixels at 1 to 16 m. */
  private static float[] inverse() {
    float[] values = new float[16];
    for (int i = 0; i < 16; i++) {
      values[i] = 1f / (1 + i);
    }
    return values;
  }

  private static float loss(float[] prediction, float[] target, float infinity) {
    try (PointerScope scope = new PointerScope()) {
      int n = prediction.length / 16;
      float[] all = new float[n];
      java.util.Arrays.fill(all, infinity);
      Tensor zero = Tensors.of(all, n, 1, 1, 1);
      Maps maps =
          Maps.of(Tensors.of(prediction, n, 1, 4, 4), Tensors.of(target, n, 1, 4, 4), true)
              .with(new Maps.Known(Optional.of(zero), Optional.empty()));
      return LOSS.of(maps).item_float();
    }
  }

  @Property(tries = 50)
  void scaleAndShiftOfThePredictionDoNotMatter(
      @ForAll @DoubleRange(min = 0.1, max = 5) double scale,
      @ForAll @DoubleRange(min = -2, max = 2) double shift) {
    float[] prediction = inverse();
    prediction[3] += 0.2f;
    float[] moved = prediction.clone();
    for (int i = 0; i < 16; i++) {
      moved[i] = (float) (scale * moved[i] + shift);
    }
    assertThat(loss(moved, inverse(), 0)).isCloseTo(loss(prediction, inverse(), 0), within(2e-3f));
    assertThat(loss(inverse(), inverse(), 0)).isCloseTo(0, within(1e-3f));
  }

  @Test
  void isTheMeanLogarithmOfTheRatioAfterTheFit() {
    float[] d = inverse();
    float[] p = d.clone();
    p[0] -= 0.3f;
    p[15] += 0.05f;
    double meanP = mean(p);
    double meanD = mean(d);
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < 16; i++) {
      covariance += (p[i] - meanP) * (d[i] - meanD) / 16;
      variance += (p[i] - meanP) * (p[i] - meanP) / 16;
    }
    double expected = 0;
    for (int i = 0; i < 16; i++) {
      double ratio = (covariance / variance * (p[i] - meanP) + meanD) / d[i];
      double log = ratio > 0.5 ? Math.log(ratio) : Math.log(0.5) + (ratio - 0.5) / 0.5;
      expected += Math.abs(log) / 16;
    }
    assertThat(loss(p, d, 0)).isCloseTo((float) expected, within(1e-3f));
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Test
  void holesTheSkyAndMapsWithoutInfinityDoNotCount() {
    float[] target = inverse();
    float[] prediction = inverse();
    prediction[2] += 0.3f;
    target[2] = Float.NaN;
    assertThat(loss(prediction, target, 0)).isCloseTo(0, within(1e-3f));
    target[2] = 0;
    assertThat(loss(prediction, target, 0)).as("the sky").isCloseTo(0, within(1e-3f));
    prediction[5] = 1;
    assertThat(loss(prediction, target, Float.NaN)).isZero();
    assertThat(loss(prediction, target, 0)).isGreaterThan(0.05f);
  }

  @Test
  void theGradientIsFiniteEvenOfConstantMaps() {
    try (PointerScope scope = new PointerScope()) {
      Tensor prediction = Tensors.of(new float[16], 1, 1, 4, 4).set_requires_grad(true);
      Tensor target = Tensors.of(inverse(), 1, 1, 4, 4);
      Maps.Known known =
          new Maps.Known(Optional.of(Tensors.of(new float[] {0}, 1, 1, 1, 1)), Optional.empty());
      LOSS.of(Maps.of(prediction, target).with(known)).backward();
      for (float value : Tensors.toArray(prediction.mutable_grad())) {
        assertThat(value).isFinite();
      }
    }
  }
}
