package dev.deltadepth.nn;

import java.util.List;

/**
 * One array of a network's weights, as the layers ask for it.
 *
 * @param name as in the weights file
 * @param shape of the array
 * @param role what the array is to its layer
 */
public record Parameter(String name, List<Integer> shape, Role role) {

  /** What an array is to its layer. */
  public enum Role {
    /**
     * A convolution's kernel [out, in / groups, kh, kw]; a transposed one's is [in, out, kh, kw].
     */
    CONV_WEIGHT,
    /** A linear layer's matrix [out, in]. */
    LINEAR_WEIGHT,
    /** The bias of either. */
    BIAS,
    /** The scale of a normalisation. */
    NORM_WEIGHT,
    /** The shift of a normalisation. */
    NORM_BIAS,
    /** What a branch is multiplied by, channel by channel, before it is added. */
    LAYER_SCALE,
    /** A token, or what is added to tokens for their place. */
    EMBEDDING,
    /** A batch normalisation's running mean: a statistic, not trained. */
    RUNNING_MEAN,
    /** A batch normalisation's running variance: a statistic, not trained. */
    RUNNING_VAR
  }

  /** Values in the array. */
  public int count() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Whether a gradient changes it; the running statistics are measured instead. */
  public boolean trainable() {
    return role != Role.RUNNING_MEAN && role != Role.RUNNING_VAR;
  }

  /** Whether weight decay applies: to matrices and kernels, not to biases and normalisations. */
  public boolean decays() {
    return role == Role.CONV_WEIGHT || role == Role.LINEAR_WEIGHT;
  }
}
