package dev.deltadepth.distill;

import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.OptimizerSettings;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.distill.run.Checkpoint;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.torch.TorchWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The tensors of a run: weights, their moving average and the optimizer state. */
final class TrainingState implements AutoCloseable {

  private final TorchWeights weights;
  private final MovingAverage average;
  private final Optimizer optimizer;

  /**
   * @param parameters of the student and its adapters
   * @param start weights to start from without a checkpoint
   * @param last the checkpoint to resume from
   */
  TrainingState(Recipe recipe, List<Parameter> parameters, Weights start, Optional<Path> last) {
    weights = new TorchWeights(parameters, last.map(Checkpoint::weights).orElse(start));
    freeze(recipe.optimizer());
    try (TorchWeights saved =
        new TorchWeights(parameters, last.map(Checkpoint::average).orElse(start))) {
      average = new MovingAverage(saved, recipe.average());
    }
    optimizer = new Optimizer(weights, recipe.optimizer());
    last.ifPresent(folder -> optimizer.load(Checkpoint.optimizer(folder)));
  }

  private void freeze(OptimizerSettings settings) {
    for (String prefix : settings.frozen()) {
      if (weights.parameters().stream().noneMatch(p -> p.name().startsWith(prefix))) {
        throw new DistillException(
            "optimizer: frozen: no weights have names that start with '" + prefix + "'");
      }
    }
    for (Parameter parameter : weights.parameters()) {
      if (settings.freezes(parameter.name())) {
        weights.get(parameter.name()).set_requires_grad(false);
      }
    }
  }

  TorchWeights weights() {
    return weights;
  }

  /** The averaged weights, which are validated and exported. */
  TorchWeights average() {
    return average.weights();
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** Updates the average after a step, counted from 0. */
  void updateAverage(long step) {
    average.update(weights, step);
  }

  @Override
  public void close() {
    optimizer.close();
    average.close();
    weights.close();
  }
}
