package dev.deltadepth.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.deltadepth.torch.Tensors;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuonTest {
  private static final double DECAY = 0.1;
  private static final double MOMENTUM = 0.95;

  private static float[] random(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Tensor values(Tensor matrix) {
    return torch.linalg_svdvals(matrix);
  }

  @ParameterizedTest
  @CsvSource({"8,8", "5,40", "40,5", "96,864", "1,7"})
  void aMatrixMadeOrthogonalPointsTheSameWayInAllDirections(int rows, int columns) {
    try (PointerScope scope = new PointerScope()) {
      Random random = new Random(rows);
      Tensor matrix = Tensors.of(random(rows * columns, random), rows, columns);
      Tensor orthogonal = Muon.orthogonal(matrix);
      assertThat(orthogonal.shape()).containsExactly(rows, columns);
      for (float value : Tensors.toArray(values(orthogonal))) {
        assertThat(value).isBetween(0.3f, 1.3f);
      }
      // Of all matrices without a singular value above 1, the one that goes farthest along it.
      double along = orthogonal.mul(matrix).sum().item_double();
      assertThat(along / values(matrix).sum().item_double()).isBetween(0.65, 1.25);
    }
  }

  @Test
  void aMatrixOfZerosStaysOne() {
    try (PointerScope scope = new PointerScope()) {
      Tensor orthogonal = Muon.orthogonal(Tensors.of(new float[6], 2, 3));
      assertThat(Tensors.toArray(orthogonal)).containsOnly(0);
    }
  }

  /** The singular value 1 after the five iterations. */
  private static double one() {
    double s = 1;
    for (int i = 0; i < 5; i++) {
      s = 3.4445 * s - 4.7750 * Math.pow(s, 3) + 2.0315 * Math.pow(s, 5);
    }
    return s;
  }

  @Test
  void aStepGoesAlongTheMeanOfGradientsWhateverTheirSize() {
    // Gradients of rank one, u v', whose singular vectors are known.
    float[] u = {0.6f, 0.8f};
    float[] v = {2 / 7f, 3 / 7f, 6 / 7f, 0};
    try (PointerScope scope = new PointerScope();
        Muon muon = new Muon(MOMENTUM, DECAY)) {
      Tensor weight = Tensors.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 2, 1, 2, 2);
      weight.set_requires_grad(true);
      muon.add(weight, 0.1);
      double[] expected = {1, 1, 1, 1, 1, 1, 1, 1};
      for (float size : new float[] {100, -0.001f}) {
        float[] gradient = new float[8];
        for (int i = 0; i < 8; i++) {
          gradient[i] = size * u[i / 4] * v[i % 4];
        }
        weight.mutable_grad().put(Tensors.of(gradient, 2, 1, 2, 2));
        muon.step(0.5);
        for (int i = 0; i < 8; i++) {
          // The mean is still that of the first gradient.
          double step = one() * u[i / 4] * v[i % 4] * 0.2 * Math.sqrt(4);
          expected[i] = expected[i] * (1 - 0.05 * DECAY) - 0.05 * step;
        }
        float[] actual = Tensors.toArray(weight.detach());
        for (int i = 0; i < 8; i++) {
          assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-5));
        }
      }
    }
  }
}
