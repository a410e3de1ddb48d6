package dev.deltadepth.distill.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Named.named;

import dev.deltadepth.distill.loss.MultiScaleGradient.Scales;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossesTest {

  private static final Ssi SSI = new Ssi(Deviation.MEAN);
  private static final MultiScaleGradient GRADIENT = new MultiScaleGradient(Scales.POOLED, true);

  private PointerScope scope;

  @BeforeAll
  static void oneThread() {
    openblas.blas_set_num_threads(1);
    torch.set_num_threads(1);
  }

  @BeforeEach
  void openScope() {
    scope = new PointerScope();
    torch.manual_seed(7);
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  static Stream<Named<BinaryOperator<Tensor>>> losses() {
    List<Loss> ofMaps =
        List.of(
            new Silog(1, false),
            new Silog(0.5, true),
            new SobelGradient(Padding.REFLECT),
            new SobelGradient(Padding.REPLICATE),
            new SobelGradient(Padding.VALID),
            new MultiScaleGradient(Scales.SUMMED, false),
            new MultiScaleGradient(Scales.POOLED, false),
            new MultiScaleGradient(Scales.POOLED, true),
            new Ssi(Deviation.MEAN),
            new Ssi(Deviation.MEAN_DETACHED),
            new Ssi(Deviation.MEDIAN),
            new L1(),
            new L1Trimmed(),
            new SsiTrimmed(),
            new Ssim(Padding.ZERO),
            new Ssim(Padding.VALID),
            new WithoutLayout());
    Stream<Named<BinaryOperator<Tensor>>> whole =
        ofMaps.stream().map(loss -> named(loss.toString(), (p, t) -> loss.of(Maps.of(p, t))));
    Stream<Named<BinaryOperator<Tensor>>> masked =
        ofMaps.stream()
            .filter(loss -> !loss.equals(new Ssim(Padding.VALID)))
            .map(loss -> named("masked " + loss, (p, t) -> loss.of(Maps.of(p, t, leftHalf(p)))));
    Stream<Named<BinaryOperator<Tensor>>> ofFeatures =
        Stream.of(new Attention(false), new Attention(true), new Features(false))
            .map(loss -> named(loss.toString(), loss::of));
    return Stream.of(whole, masked, ofFeatures).flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void constantAndZeroMapsGiveFiniteLossesAndGradients(BinaryOperator<Tensor> loss) {
    List<Tensor> maps =
        List.of(
            torch.zeros(2, 1, 12, 16),
            torch.ones(2, 1, 12, 16),
            torch.full(new long[] {2, 1, 12, 16}, new Scalar(0.3)),
            torch.rand(2, 1, 12, 16));
    for (Tensor prediction : maps) {
      for (Tensor target : maps) {
        Tensor p = prediction.detach().clone().set_requires_grad(true);
        Tensor value = loss.apply(p, target);
        value.backward();
        assertThat(value.item_double()).isFinite();
        assertThat(p.grad().isfinite().all().item_bool()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void agreementIsTheMinimum(BinaryOperator<Tensor> loss) {
    Tensor map = torch.rand(2, 1, 12, 16);
    assertThat(loss.apply(map, map).item_double()).isCloseTo(0, within(1e-5));
    assertThat(loss.apply(torch.rand(2, 1, 12, 16), map).item_double()).isGreaterThan(1e-4);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void stepsAgainstTheGradientLowerTheLoss(BinaryOperator<Tensor> loss) {
    Tensor target = torch.rand(2, 1, 12, 16);
    Tensor p = torch.rand(2, 1, 12, 16).set_requires_grad(true);
    Tensor before = loss.apply(p, target);
    before.backward();
    Tensor step = p.grad().mul(p.grad().norm().reciprocal()).mul(new Scalar(1e-3));
    Tensor after = loss.apply(p.detach().sub(step), target);
    assertThat(after.item_double()).isLessThan(before.item_double());
  }

  @Test
  void ssiIsBlindToScaleAndShift() {
    Tensor target = torch.rand(3, 1, 8, 8);
    Tensor p = target.mul(new Scalar(3.5)).add(new Scalar(-2.0));
    assertThat(SSI.of(Maps.of(p, target)).add(GRADIENT.of(Maps.of(p, target))).item_double())
        .isCloseTo(0, within(1e-5));
  }

  @Test
  void ssiNormalizesEverySampleByItself() {
    Tensor one = torch.rand(1, 1, 8, 8);
    Tensor other = torch.rand(1, 1, 8, 8).mul(new Scalar(100.0));
    Tensor both = torch.cat(new TensorVector(one, other), 0);
    Tensor together = normalized(both);
    assertThat(together.narrow(0, 0, 1).equal(normalized(one))).isTrue();
    assertThat(together.narrow(0, 1, 1).equal(normalized(other))).isTrue();
  }

  @Test
  void medianIsTheLowerOne() {
    Tensor map = AbstractTensor.create(new float[] {4, 1, 3, 2}, 1, 1, 2, 2);
    Tensor expected = AbstractTensor.create(new float[] {2, -1, 1, 0}, 1, 1, 2, 2);
    assertThat(normalized(map).equal(expected)).isTrue();
  }

  @Test
  void silogOfLambdaOneIsBlindToAFactor() {
    Tensor target = torch.rand(2, 1, 8, 8).add(new Scalar(0.1));
    Tensor twice = target.mul(new Scalar(2.0));
    assertThat(new Silog(1, false).of(Maps.of(twice, target)).item_double())
        .isCloseTo(0, within(1e-5));
  }

  @Test
  void silogLiftsAPredictionThatIsStuckAtZero() {
    Tensor p = torch.zeros(1, 1, 1, 2).set_requires_grad(true);
    Tensor target = AbstractTensor.create(new float[] {0.5f, 0.001f}, 1, 1, 1, 2);
    new Silog(0.5, false).of(Maps.of(p, target)).backward();
    assertThat(p.grad().flatten().get(0).item_double()).isNegative();
  }

  static Stream<Loss> ofMaps() {
    return Losses.ofMaps().stream();
  }

  @ParameterizedTest
  @MethodSource("ofMaps")
  void whatAMaskHidesHasNoInfluence(Loss loss) {
    Tensor p = torch.rand(2, 1, 16, 32);
    Tensor t = torch.rand(2, 1, 16, 32);
    Tensor mask = leftHalf(p);
    Tensor hole = torch.full(new long[] {2, 1, 16, 32}, new Scalar(Double.NaN));
    Tensor holed = t.where(mask.gt(new Scalar(0.0)), hole);
    Tensor q = p.detach().clone().set_requires_grad(true);
    Tensor value = loss.of(Maps.of(q, holed, mask));
    value.backward();
    assertThat(value.item_double()).isEqualTo(loss.of(Maps.of(p, t, mask)).item_double());
    assertThat(q.grad().narrow(3, 16, 16).abs().sum().item_double()).isZero();
  }

  @ParameterizedTest
  @MethodSource("ofMaps")
  void aFullMaskChangesNothing(Loss loss) {
    Tensor p = torch.rand(2, 1, 17, 19);
    Tensor t = torch.rand(2, 1, 17, 19);
    double whole = loss.of(Maps.of(p, t)).item_double();
    assertThat(loss.of(Maps.of(p, t, torch.ones_like(p))).item_double())
        .isCloseTo(whole, within(1e-5 * Math.max(1, whole)));
  }

  @ParameterizedTest
  @MethodSource("ofMaps")
  void anEmptyMaskGivesZeroAndNoGradient(Loss loss) {
    Tensor p = torch.rand(2, 1, 16, 16).set_requires_grad(true);
    Tensor value = loss.of(Maps.of(p, torch.rand(2, 1, 16, 16), torch.zeros_like(p)));
    value.backward();
    // The root of SILog is cut off just above 0.
    assertThat(value.item_double()).isCloseTo(0, within(1e-5));
    assertThat(p.grad().abs().sum().item_double()).isZero();
  }

  @Test
  void mapsTooSmallForAScaleLeaveItOut() {
    MultiScaleGradient summed = new MultiScaleGradient(Scales.SUMMED, false);
    Tensor p = torch.rand(1, 1, 3, 1).set_requires_grad(true);
    summed.of(Maps.of(p, torch.rand(1, 1, 3, 1))).backward();
    assertThat(p.grad().isfinite().all().item_bool()).isTrue();
    Tensor point = torch.rand(1, 1, 1, 1);
    MultiScaleGradient pooled = new MultiScaleGradient(Scales.POOLED, false);
    assertThat(pooled.of(Maps.of(point, torch.rand(1, 1, 1, 1))).item_double()).isZero();
  }

  @Test
  void differentShapesAreRefused() {
    assertThatThrownBy(() -> Maps.of(torch.rand(1, 1, 4, 4), torch.rand(1, 1, 4, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[1, 1, 4, 4] and [1, 1, 4, 5]");
    Maps small = Maps.of(torch.rand(1, 1, 10, 20), torch.rand(1, 1, 10, 20));
    assertThatThrownBy(() -> new Ssim(Padding.VALID).of(small))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10x20");
  }

  private static Tensor normalized(Tensor map) {
    return Maps.of(map, map).normalized(Deviation.MEAN).prediction();
  }

  private static Tensor leftHalf(Tensor map) {
    Tensor mask = torch.zeros_like(map.detach());
    mask.narrow(3, 0, map.size(3) / 2).fill_(new Scalar(1.0));
    return mask;
  }
}
