package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How weights follow their gradients.
 *
 * @param name of the optimizer
 * @param rate the highest learning rate
 * @param encoderRate the same of the encoder's weights; 0 for the default: a hundredth of the rate
 *     where the encoder starts pretrained, the rate elsewhere
 * @param schedule how the rate goes from start to end
 * @param weightDecay of kernels and matrices, not of biases and normalisations
 * @param momentum of SGD and Muon
 * @param warmUp steps from zero to the highest rate; one-cycle has its own
 * @param clip the largest norm of the whole gradient
 * @param accumulate batches whose gradients make one step
 * @param patience of the plateau schedule: validations without improvement before the rate falls to
 *     a tenth
 * @param frozen beginnings of the names of weights that stay as they are, such as {@code
 *     encoder.stem}; normalisations among them normalise by their running statistics. Nothing is
 *     computed for what is frozen at the network's beginning but the forward pass
 */
public record OptimizerSettings(
    Name name,
    double rate,
    double encoderRate,
    ScheduleName schedule,
    double weightDecay,
    double momentum,
    int warmUp,
    double clip,
    int accumulate,
    int patience,
    List<String> frozen) {

  /** The optimizers. */
  public enum Name {
    /** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
    @JsonProperty("adamw")
    ADAMW,
    /** Adam (Kingma and Ba 2015); weight decay is part of the gradient. */
    @JsonProperty("adam")
    ADAM,
    /** Stochastic gradient descent with Nesterov momentum. */
    @JsonProperty("sgd")
    SGD,
    /** Muon (Jordan et al. 2024) of matrices and kernels, AdamW of the rest. */
    @JsonProperty("muon")
    MUON
  }

  /** The schedules. */
  public enum ScheduleName {
    /** A linear warm-up, then a cosine to zero (Loshchilov and Hutter 2017). */
    @JsonProperty("cosine")
    COSINE,
    /** Up for 30 % of the steps, then down to nearly nothing (Smith and Topin 2019). */
    @JsonProperty("one-cycle")
    ONE_CYCLE,
    /** A linear warm-up, then a tenth whenever validation has not improved for a while. */
    @JsonProperty("plateau")
    PLATEAU
  }

  /**
   * Checks the values.
   *
   * @throws DistillException naming the key and what is allowed
   */
  public OptimizerSettings {
    Checks.require(name, "optimizer: name");
    Checks.require(schedule, "optimizer: schedule");
    Checks.within("optimizer: rate", rate, 1e-9, 1);
    Checks.within("optimizer: encoder-rate", encoderRate, 0, 1);
    Checks.within("optimizer: weight-decay", weightDecay, 0, 1);
    Checks.within("optimizer: momentum", momentum, 0, 0.9999);
    Checks.within("optimizer: warm-up", warmUp, 0, 1e9);
    Checks.within("optimizer: clip", clip, 1e-6, 1e6);
    Checks.within("optimizer: accumulate", accumulate, 1, 1024);
    Checks.within("optimizer: patience", patience, 1, 1e6);
    frozen = List.copyOf(frozen);
  }

  /** Whether the weights of a name stay as they are. */
  public boolean freezes(String weights) {
    return frozen.stream().anyMatch(weights::startsWith);
  }

  /** The same with the encoder's rate said outright. */
  OptimizerSettings resolved(boolean pretrained) {
    double encoder = encoderRate > 0 ? encoderRate : pretrained ? rate / 100 : rate;
    return new OptimizerSettings(
        name,
        rate,
        encoder,
        schedule,
        weightDecay,
        momentum,
        warmUp,
        clip,
        accumulate,
        patience,
        frozen);
  }
}
