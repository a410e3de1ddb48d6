package dev.deltadepth.distill;

import dev.deltadepth.nn.Parameter;
import dev.deltadepth.torch.TorchWeights;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * An exponential moving average of a network's weights and running statistics (Polyak and Juditsky
 * 1992), which is smoother than the weights at any single step. The decay starts lower, so the
 * random initial weights are soon forgotten.
 */
final class MovingAverage implements AutoCloseable {

  private final TorchWeights average;
  private final double decay;

  /**
   * @param start the weights to start from
   * @param decay per step, from 0 (no averaging) to below 1
   */
  MovingAverage(TorchWeights start, double decay) {
    this.average = new TorchWeights(start.parameters(), start.toWeights());
    this.decay = decay;
    for (Parameter parameter : average.parameters()) {
      average.get(parameter.name()).set_requires_grad(false);
    }
  }

  /**
   * Moves the average towards the weights after a step.
   *
   * @param step of the run, from 0
   */
  void update(TorchWeights weights, long step) {
    double keep = Math.min(decay, (1.0 + step) / (10.0 + step));
    try (PointerScope scope = new PointerScope()) {
      Scalar move = new Scalar(1 - keep);
      for (Parameter parameter : average.parameters()) {
        Tensor now = weights.get(parameter.name()).detach();
        average.get(parameter.name()).lerp_(now, move);
      }
    }
  }

  TorchWeights weights() {
    return average;
  }

  @Override
  public void close() {
    average.close();
  }
}
