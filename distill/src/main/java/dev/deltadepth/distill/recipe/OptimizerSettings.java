package dev.deltadepth.distill.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Optimizer settings.
 *
 * @param name of the optimizer
 * @param rate peak learning rate
 * @param encoderRate peak learning rate of the encoder; 0 for the default: a hundredth of the rate
 *     if the encoder is pretrained, else the rate
 * @param schedule of the learning rate
 * @param weightDecay for kernels and matrices, not for biases and normalisations
 * @param momentum for SGD and Muon
 * @param warmUp steps from zero to the peak rate; one-cycle has its own
 * @param clip largest norm of the whole gradient
 * @param accumulate batches per step, whose gradients are accumulated
 * @param patience for the plateau schedule: validations without improvement before the rate falls
 *     to a tenth
 * @param frozen name prefixes of weights to freeze, such as {@code encoder.stem}; frozen
 *     normalisations use their running statistics. Layers frozen at the start of the network need
 *     no backward pass
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
    /** Muon (Jordan et al. 2024) for matrices and kernels, AdamW for the rest. */
    @JsonProperty("muon")
    MUON
  }

  /** The schedules. */
  public enum ScheduleName {
    /** Linear warm-up, then a cosine to zero (Loshchilov and Hutter 2017). */
    @JsonProperty("cosine")
    COSINE,
    /** Up for 30 % of the steps, then down to almost zero (Smith and Topin 2019). */
    @JsonProperty("one-cycle")
    ONE_CYCLE,
    /** Linear warm-up, then a tenth whenever validation stops improving. */
    @JsonProperty("plateau")
    PLATEAU
  }

  /**
   * Checks the values.
   *
   * @throws DistillException naming the key and the allowed range
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

  /** Whether the weights with a name are frozen. */
  public boolean freezes(String weights) {
    return frozen.stream().anyMatch(weights::startsWith);
  }

  /** The same with an explicit encoder rate. */
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
