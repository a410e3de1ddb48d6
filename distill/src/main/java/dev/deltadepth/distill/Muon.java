package dev.deltadepth.distill;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Muon (Jordan et al. 2024): a matrix follows the momentum of its gradients, orthogonalised by five
 * Newton-Schulz iterations, so that it learns in all directions at the same speed and not only in
 * those of large gradients. Steps are scaled to the size of AdamW's (Liu et al. 2025, "Muon is
 * scalable for LLM training", equation 4), so learning rate and weight decay carry over. A
 * convolution kernel counts as the matrix [out, in * kh * kw].
 */
public final class Muon implements AutoCloseable {
  private static final int ITERATIONS = 5;

  /** Coefficients of the quintic a x + b x^3 + c x^5, which drives singular values towards 1. */
  private static final double A = 3.4445;

  private static final double B = -4.7750;
  private static final double C = 2.0315;

  /** Root mean square of AdamW's steps, in units of the learning rate. */
  private static final double STEP = 0.2;

  private record Matrix(Tensor weight, Tensor mean, double rate) {}

  private final List<Matrix> matrices = new ArrayList<>();
  private final double momentum;
  private final double decay;

  public Muon(double momentum, double decay) {
    this.momentum = momentum;
    this.decay = decay;
  }

  /**
   * Adds a weight to optimise.
   *
   * @param rate its peak learning rate
   */
  void add(Tensor weight, double rate) {
    try (NoGradGuard guard = new NoGradGuard()) {
      matrices.add(new Matrix(weight, torch.zeros_like(weight), rate));
    }
  }

  /**
   * One step along the gradients.
   *
   * @param share of the peak learning rates
   */
  void step(double share) {
    try (NoGradGuard guard = new NoGradGuard()) {
      for (Matrix matrix : matrices) {
        try (PointerScope scope = new PointerScope()) {
          step(matrix, share * matrix.rate());
        }
      }
    }
  }

  private void step(Matrix matrix, double rate) {
    Tensor gradient = matrix.weight().grad();
    if (!gradient.defined()) {
      // Weights that no loss depends on stay unchanged, as in libtorch's optimizers.
      return;
    }
    matrix.mean().lerp_(gradient, new Scalar(1 - momentum));
    // Nesterov momentum: look ahead to where the mean will be.
    Tensor ahead = gradient.lerp(matrix.mean(), new Scalar(momentum)).flatten(1, -1);
    double longer = Math.max(ahead.size(0), ahead.size(1));
    Tensor step = orthogonal(ahead).reshape(matrix.weight().sizes());
    matrix.weight().mul_(new Scalar(1 - rate * decay));
    matrix.weight().add_(step, new Scalar(-rate * STEP * Math.sqrt(longer)));
  }

  /** A matrix with nearly the same singular vectors, whose singular values are all near 1. */
  static Tensor orthogonal(Tensor matrix) {
    boolean tall = matrix.size(0) > matrix.size(1);
    Tensor x = tall ? matrix.t() : matrix;
    x = x.div(x.norm().add(new Scalar(1e-7)));
    for (int i = 0; i < ITERATIONS; i++) {
      Tensor square = x.mm(x.t());
      Tensor higher = square.mul(new Scalar(B)).add(square.mm(square), new Scalar(C));
      x = x.mul(new Scalar(A)).add(higher.mm(x));
    }
    return tall ? x.t() : x;
  }

  /** Clears the gradients. */
  void clear() {
    for (Matrix matrix : matrices) {
      try (PointerScope scope = new PointerScope()) {
        matrix.weight().mutable_grad().reset();
      }
    }
  }

  void save(OutputArchive archive) {
    for (int i = 0; i < matrices.size(); i++) {
      archive.write(key(i), matrices.get(i).mean());
    }
  }

  void load(InputArchive archive) {
    for (int i = 0; i < matrices.size(); i++) {
      archive.read(key(i), matrices.get(i).mean());
    }
  }

  private static String key(int matrix) {
    return "muon." + matrix;
  }

  @Override
  public void close() {
    matrices.forEach(m -> m.mean().close());
  }
}
