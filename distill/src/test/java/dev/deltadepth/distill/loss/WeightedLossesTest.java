package dev.deltadepth.distill.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.torch.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeightedLossesTest {

  private static final int HEIGHT = 24;
  private static final int WIDTH = 32;
  private static final int COUNT = 2 * HEIGHT * WIDTH;

  private PointerScope scope;

  @BeforeEach
  void openScope() {
    Tensors.threads(1);
    scope = new PointerScope();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private static float[] values(long seed) {
    Random random = new Random(seed);
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = 0.05f + 0.9f * random.nextFloat();
    }
    return values;
  }

  private static Tensor map(float[] values) {
    return Tensors.of(values, 2, 1, HEIGHT, WIDTH);
  }

  private static Tensor loss(String name, Tensor prediction, Tensor target, boolean holes) {
    int n = Math.toIntExact(target.size(0));
    Maps.Known known =
        new Maps.Known(Optional.of(Tensors.of(new float[n], n, 1, 1, 1)), Optional.empty());
    return new WeightedLosses(Map.of(name, 1.0))
        .terms(Maps.of(prediction, target, holes).with(known))
        .get(name);
  }

  static List<String> names() {
    return Losses.ofMaps().stream().map(Loss::name).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void holesDoNotCount(String name) {
    float[] p = values(1);
    float[] t = values(2);
    float whole = loss(name, map(p), map(t), false).item_float();
    assertThat(loss(name, map(p), map(t), true).item_float())
        .as("the masked form without a hole")
        .isCloseTo(whole, within(2e-5f * Math.max(1, whole)));

    // A hole over the right half of the second sample: what the student says there is ignored.
    float[] holed = t.clone();
    float[] other = p.clone();
    for (int i = COUNT / 2; i < COUNT; i++) {
      if (i % WIDTH >= WIDTH / 2) {
        holed[i] = Float.NaN;
        other[i] = 0.5f;
      }
    }
    Tensor prediction = map(p).set_requires_grad(true);
    Tensor value = loss(name, prediction, map(holed), true);
    assertThat(value.item_float()).isFinite().isPositive();
    assertThat(loss(name, map(other), map(holed), true).item_float())
        .isCloseTo(value.item_float(), within(1e-6f));
    value.backward();
    float[] slope = Tensors.toArray(prediction.grad());
    double inside = 0;
    for (int i = 0; i < COUNT; i++) {
      assertThat(slope[i]).isFinite();
      if (Float.isNaN(holed[i])) {
        assertThat(slope[i]).isZero();
      } else {
        inside += Math.abs(slope[i]);
      }
    }
    assertThat(inside).isPositive();
  }

  @ParameterizedTest
  @MethodSource("names")
  void equalMapsHaveNoLoss(String name) {
    Tensor map = map(values(3));
    assertThat(loss(name, map, map, false).item_float()).isCloseTo(0, within(2e-6f));
  }

  @Test
  void theWorstTenthIsDropped() {
    float[] t = new float[COUNT];
    float[] p = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      t[i] = 0.5f;
      p[i] = 0.6f;
    }
    // Less than a tenth of each sample is far off.
    for (int i = 0; i < COUNT; i += 12) {
      p[i] = 100;
    }
    assertThat(loss("l1-trimmed", map(p), map(t), false).item_float())
        .isCloseTo(0.1f, within(1e-5f));
    assertThat(loss("l1", map(p), map(t), false).item_float()).isGreaterThan(8);
  }

  @Test
  void recipesKnowTheLossesOfMapsAndOfFeatures() {
    assertThat(names())
        .containsExactly(
            "silog",
            "silog-variance",
            "gradient",
            "l1",
            "l1-trimmed",
            "ssi",
            "ssi-trimmed",
            "multi-scale-gradient",
            "ssim",
            "without-layout",
            "relative-depth",
            "half-squared");
    assertThat(Losses.names())
        .containsAll(names())
        .contains("features", "features-normalized", "attention", "attention-normalized")
        .doesNotHaveDuplicates();
  }

  /** A loss that these tests provide as a service, the way users do. */
  public static final class HalfSquared implements Loss {
    @Override
    public String name() {
      return "half-squared";
    }

    @Override
    public Tensor of(Maps maps) {
      Tensor half = maps.difference().square().mul(new Scalar(0.5));
      return maps.mask()
          .map(mask -> Masks.meanOver(half, Masks.invalid(mask)))
          .orElseGet(half::mean);
    }
  }

  @Test
  void theTotalWeighsItsTerms() {
    Tensor p = map(values(1));
    Tensor t = map(values(2));
    WeightedLosses both = new WeightedLosses(Map.of("l1", 2.0, "half-squared", 3.0));
    float expected =
        2 * loss("l1", p, t, false).item_float()
            + 3 * loss("half-squared", p, t, false).item_float();
    assertThat(both.total(both.terms(Maps.of(p, t))).item_float())
        .isCloseTo(expected, within(1e-6f));
  }
}
