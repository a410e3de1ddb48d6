package dev.deltadepth.distill;

import dev.deltadepth.distill.recipe.OptimizerSettings;
import dev.deltadepth.distill.recipe.Schedule;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.Parameter;
import dev.deltadepth.torch.TorchWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OptimizerOptions;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A libtorch optimizer for a network's trainable weights, in four groups: encoder and other
 * weights, each split into kernels and matrices, which decay, and biases and normalisations, which
 * do not. With Muon, matrices use Muon and the rest AdamW.
 */
final class Optimizer implements AutoCloseable {

  private final TensorVector trainable = new TensorVector();
  private final List<Double> rates = new ArrayList<>();
  private final org.bytedeco.pytorch.Optimizer optimizer;
  private final Muon muon;

  Optimizer(TorchWeights weights, OptimizerSettings settings) {
    TensorVector[] groups = {
      new TensorVector(), new TensorVector(), new TensorVector(), new TensorVector()
    };
    muon = new Muon(settings.momentum(), settings.weightDecay());
    for (Parameter parameter : weights.parameters()) {
      Tensor tensor = weights.get(parameter.name());
      if (!tensor.requires_grad()) {
        continue;
      }
      trainable.push_back(tensor);
      if (settings.name() == OptimizerSettings.Name.MUON && isMatrix(parameter)) {
        muon.add(tensor, isEncoder(parameter) ? settings.encoderRate() : settings.rate());
      } else {
        int group = (isEncoder(parameter) ? 0 : 2) + (parameter.decays() ? 0 : 1);
        groups[group].push_back(tensor);
      }
    }
    for (int i = 0; i < groups.length; i++) {
      rates.add(i < 2 ? settings.encoderRate() : settings.rate());
    }
    optimizer = first(groups[0], settings);
    for (int i = 1; i < groups.length; i++) {
      double decay = i == 2 ? settings.weightDecay() : 0;
      optimizer.add_param_group(new OptimizerParamGroup(groups[i], options(settings, decay)));
    }
    optimizer.retainReference();
    trainable.retainReference();
  }

  private static boolean isEncoder(Parameter parameter) {
    return parameter.name().startsWith(DepthNetwork.ENCODER);
  }

  /** Whether it mixes channels, unlike the kernel of a depthwise convolution. */
  private static boolean isMatrix(Parameter parameter) {
    return parameter.decays() && parameter.shape().get(0) > 1 && parameter.shape().get(1) > 1;
  }

  private static org.bytedeco.pytorch.Optimizer first(
      TensorVector group, OptimizerSettings settings) {
    double decay = settings.weightDecay();
    return switch (settings.name()) {
      case ADAMW, MUON -> new org.bytedeco.pytorch.AdamW(group, adamW(settings, decay));
      case ADAM -> new org.bytedeco.pytorch.Adam(group, adam(settings, decay));
      case SGD -> new org.bytedeco.pytorch.SGD(group, sgd(settings, decay));
    };
  }

  private static OptimizerOptions options(OptimizerSettings settings, double decay) {
    return switch (settings.name()) {
      case ADAMW, MUON -> adamW(settings, decay);
      case ADAM -> adam(settings, decay);
      case SGD -> sgd(settings, decay);
    };
  }

  private static AdamWOptions adamW(OptimizerSettings settings, double decay) {
    AdamWOptions options = new AdamWOptions(settings.rate());
    options.weight_decay().put(decay);
    return options;
  }

  private static AdamOptions adam(OptimizerSettings settings, double decay) {
    AdamOptions options = new AdamOptions(settings.rate());
    options.weight_decay().put(decay);
    return options;
  }

  private static SGDOptions sgd(OptimizerSettings settings, double decay) {
    SGDOptions options = new SGDOptions(settings.rate());
    options.weight_decay().put(decay);
    options.momentum().put(settings.momentum());
    options.nesterov().put(settings.momentum() > 0);
    return options;
  }

  /**
   * One step along the gradients, which are cleared afterwards.
   *
   * @param share of the peak learning rate, see {@link Schedule}
   * @param clip largest norm of the whole gradient; a larger one is scaled down
   * @return the norm before clipping; if it is not finite, the weights are unchanged
   */
  double step(double share, double clip) {
    try (PointerScope scope = new PointerScope()) {
      double norm = torch.clip_grad_norm_(trainable, clip);
      if (Double.isFinite(norm)) {
        for (int i = 0; i < rates.size(); i++) {
          optimizer.param_groups().get(i).options().set_lr(share * rates.get(i));
        }
        optimizer.step();
        muon.step(share);
      }
      clear();
      return norm;
    }
  }

  /** Clears the gradients without a step. */
  void clear() {
    optimizer.zero_grad();
    muon.clear();
  }

  void save(Path file) {
    OutputArchive archive = new OutputArchive();
    optimizer.save(archive);
    muon.save(archive);
    archive.save_to(file.toString());
  }

  void load(Path file) {
    InputArchive archive = new InputArchive();
    archive.load_from(file.toString());
    optimizer.load(archive);
    muon.load(archive);
  }

  @Override
  public void close() {
    optimizer.close();
    muon.close();
    trainable.close();
  }
}
