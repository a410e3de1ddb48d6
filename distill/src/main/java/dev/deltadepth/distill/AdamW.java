package dev.deltadepth.distill;

import dev.deltadepth.nn.Parameter;
import dev.deltadepth.nn.TorchWeights;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** libtorch's AdamW over a network's trainable weights; only kernels and matrices decay. */
final class AdamW implements AutoCloseable {

  private final TensorVector trainable = new TensorVector();
  private final org.bytedeco.pytorch.AdamW optimizer;

  AdamW(TorchWeights weights, double weightDecay) {
    TensorVector decaying = new TensorVector();
    TensorVector plain = new TensorVector();
    for (Parameter parameter : weights.parameters()) {
      if (parameter.trainable()) {
        Tensor tensor = weights.get(parameter.name());
        trainable.push_back(tensor);
        (parameter.decays() ? decaying : plain).push_back(tensor);
      }
    }
    optimizer = new org.bytedeco.pytorch.AdamW(decaying, options(weightDecay));
    optimizer.add_param_group(new OptimizerParamGroup(plain, options(0)));
    optimizer.retainReference();
    trainable.retainReference();
  }

  /** The rate is set at every step. */
  private static AdamWOptions options(double weightDecay) {
    AdamWOptions options = new AdamWOptions(1e-3);
    options.weight_decay().put(weightDecay);
    return options;
  }

  /**
   * One step along the gradients, which are cleared.
   *
   * @param rate learning rate
   * @param clip the largest norm of the whole gradient; a longer one is shortened
   * @return the norm before clipping; where it is not finite nothing was changed
   */
  double step(double rate, double clip) {
    try (PointerScope scope = new PointerScope()) {
      double norm = torch.clip_grad_norm_(trainable, clip);
      if (Double.isFinite(norm)) {
        for (long i = 0; i < optimizer.param_groups().size(); i++) {
          optimizer.param_groups().get(i).options().set_lr(rate);
        }
        optimizer.step();
      }
      optimizer.zero_grad();
      return norm;
    }
  }

  /** Forgets the gradients without a step. */
  void clear() {
    optimizer.zero_grad();
  }

  void save(Path file) {
    OutputArchive archive = new OutputArchive();
    optimizer.save(archive);
    archive.save_to(file.toString());
  }

  void load(Path file) {
    InputArchive archive = new InputArchive();
    archive.load_from(file.toString());
    optimizer.load(archive);
  }

  @Override
  public void close() {
    optimizer.close();
    trainable.close();
  }
}
