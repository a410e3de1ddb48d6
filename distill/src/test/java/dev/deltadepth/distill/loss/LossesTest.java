package dev.deltadepth.distill.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Named.named;

import dev.deltadepth.distill.loss.Losses.Deviation;
import dev.deltadepth.distill.loss.Losses.Padding;
import dev.deltadepth.distill.loss.Losses.Scales;
import dev.deltadepth.distill.recipe.DistillException;
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
    return Stream.of(
        loss("silog", (p, t) -> Losses.silog(p, t, 1)),
        loss("root of silog", (p, t) -> Losses.silogRoot(p, t, 0.5)),
        loss("sobel", (p, t) -> Losses.sobelGradient(p, t, Padding.REFLECT)),
        loss("scales summed", (p, t) -> Losses.multiScaleGradient(p, t, Scales.SUMMED)),
        loss("scales pooled", Losses::multiScaleGradient),
        loss("ssi", (p, t) -> Losses.ssi(p, t, Deviation.MEAN)),
        loss("ssi detached", (p, t) -> Losses.ssi(p, t, Deviation.MEAN_DETACHED)),
        loss("ssi median", (p, t) -> Losses.ssi(p, t, Deviation.MEDIAN)),
        loss("ssi and gradient", (p, t) -> Losses.ssiPlusGradient(p, t, 2)),
        loss("attention", Losses::attention),
        loss("attention normalized", Losses::attentionNormalized),
        loss("1 - ssim", (p, t) -> Ssim.zeroPadded(p, t).neg().add(new Scalar(1.0))),
        loss("without layout", (p, t) -> LayoutLoss.uncorrelated(p, t, torch.ones_like(p))),
        loss("masked without layout", (p, t) -> LayoutLoss.uncorrelated(p, t, leftHalf(p))),
        loss("masked silog", (p, t) -> MaskedLosses.silog(p, t, leftHalf(p), 1)),
        loss("masked ssi", (p, t) -> MaskedLosses.ssi(p, t, leftHalf(p))),
        loss("masked total", (p, t) -> MaskedLosses.ssiPlusGradient(p, t, leftHalf(p), 2)));
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
    assertThat(Losses.ssiPlusGradient(p, target, 2).item_double()).isCloseTo(0, within(1e-5));
  }

  @Test
  void ssiNormalizesEverySampleByItself() {
    Tensor one = torch.rand(1, 1, 8, 8);
    Tensor other = torch.rand(1, 1, 8, 8).mul(new Scalar(100.0));
    Tensor both = torch.cat(new TensorVector(one, other), 0);
    Tensor together = Losses.ssiNormalize(both);
    assertThat(together.narrow(0, 0, 1).equal(Losses.ssiNormalize(one))).isTrue();
    assertThat(together.narrow(0, 1, 1).equal(Losses.ssiNormalize(other))).isTrue();
  }

  @Test
  void medianIsTheLowerOne() {
    Tensor map = AbstractTensor.create(new float[] {4, 1, 3, 2}, 1, 1, 2, 2);
    Tensor expected = AbstractTensor.create(new float[] {2, -1, 1, 0}, 1, 1, 2, 2);
    assertThat(Losses.ssiNormalize(map).equal(expected)).isTrue();
  }

  @Test
  void silogOfLambdaOneIsBlindToAFactor() {
    Tensor target = torch.rand(2, 1, 8, 8).add(new Scalar(0.1));
    Tensor twice = target.mul(new Scalar(2.0));
    assertThat(Losses.silog(twice, target, 1).item_double()).isCloseTo(0, within(1e-5));
  }

  @Test
  void silogLiftsAPredictionThatIsStuckAtZero() {
    Tensor p = torch.zeros(1, 1, 1, 2).set_requires_grad(true);
    Losses.silog(p, AbstractTensor.create(new float[] {0.5f, 0.001f}, 1, 1, 1, 2), 0.5).backward();
    assertThat(p.grad().flatten().get(0).item_double()).isNegative();
  }

  @Test
  void whatAMaskHidesHasNoInfluence() {
    Tensor p = torch.rand(2, 1, 16, 16);
    Tensor t = torch.rand(2, 1, 16, 16);
    Tensor mask = leftHalf(p);
    Tensor hole = torch.full(new long[] {2, 1, 16, 16}, new Scalar(Double.NaN));
    Tensor holed = t.where(mask.gt(new Scalar(0.0)), hole);
    Tensor q = p.detach().clone().set_requires_grad(true);
    Tensor value = MaskedLosses.ssiPlusGradient(q, holed, mask, 2);
    value.backward();
    assertThat(value.item_double())
        .isEqualTo(MaskedLosses.ssiPlusGradient(p, t, mask, 2).item_double());
    assertThat(q.grad().narrow(3, 8, 8).abs().sum().item_double()).isZero();
    assertThat(MaskedLosses.silog(p, holed, mask, 1).item_double())
        .isEqualTo(MaskedLosses.silog(p, t, mask, 1).item_double());
  }

  @Test
  void aFullMaskChangesNothing() {
    Tensor p = torch.rand(2, 1, 17, 19);
    Tensor t = torch.rand(2, 1, 17, 19);
    Tensor all = torch.ones_like(p);
    assertThat(MaskedLosses.ssiPlusGradient(p, t, all, 2).item_double())
        .isCloseTo(Losses.ssiPlusGradient(p, t, 2).item_double(), within(1e-5));
    assertThat(MaskedLosses.silog(p, t, all, 1).item_double())
        .isCloseTo(Losses.silog(p, t, 1).item_double(), within(1e-5));
  }

  @Test
  void anEmptyMaskGivesZeroAndNoGradient() {
    Tensor p = torch.rand(2, 1, 16, 16).set_requires_grad(true);
    Tensor t = torch.rand(2, 1, 16, 16);
    Tensor none = torch.zeros_like(p);
    Tensor value =
        MaskedLosses.ssiPlusGradient(p, t, none, 2).add(MaskedLosses.silog(p, t, none, 1));
    value.backward();
    assertThat(value.item_double()).isZero();
    assertThat(p.grad().abs().sum().item_double()).isZero();
  }

  @Test
  void mapsTooSmallForAScaleLeaveItOut() {
    Tensor p = torch.rand(1, 1, 3, 1).set_requires_grad(true);
    Tensor t = torch.rand(1, 1, 3, 1);
    Losses.multiScaleGradient(p, t, Scales.SUMMED).backward();
    assertThat(p.grad().isfinite().all().item_bool()).isTrue();
    Tensor point = torch.rand(1, 1, 1, 1);
    assertThat(Losses.multiScaleGradient(point, torch.rand(1, 1, 1, 1)).item_double()).isZero();
  }

  @Test
  void differentShapesAreRefused() {
    assertThatThrownBy(() -> Losses.l1(torch.rand(1, 1, 4, 4), torch.rand(1, 1, 4, 5)))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("[1, 1, 4, 4] and [1, 1, 4, 5]");
    assertThatThrownBy(() -> Ssim.valid(torch.rand(1, 1, 10, 20), torch.rand(1, 1, 10, 20)))
        .isInstanceOf(DistillException.class)
        .hasMessageContaining("10x20");
  }

  private static Named<BinaryOperator<Tensor>> loss(String name, BinaryOperator<Tensor> loss) {
    return named(name, loss);
  }

  private static Tensor leftHalf(Tensor map) {
    Tensor mask = torch.zeros_like(map.detach());
    mask.narrow(3, 0, map.size(3) / 2).fill_(new Scalar(1.0));
    return mask;
  }
}
