package dev.deltadepth.nn;

import java.util.List;

/**
 * One array of a network's weights, as its layer defines it.
 *
 * @param name in the weights file
 * @param shape of the array
 * @param role of the array in its layer
 */
public record Parameter(String name, List<Integer> shape, Role role) {

  /** The role of an array in its layer. */
  public enum Role {
    /**
     * A convolution's kernel [out, in / groups, kh, kw], or a transposed one's [in, out, kh, kw].
     */
    CONV_WEIGHT,
    /** A convolution's kernel that is zero when training starts. */
    ZERO_CONV_WEIGHT,
    /** A linear layer's matrix [out, in]. */
    LINEAR_WEIGHT,
    /** The bias of a convolution or linear layer. */
    BIAS,
    /** The scale of a normalisation. */
    NORM_WEIGHT,
    /** The shift of a normalisation. */
    NORM_BIAS,
    /** The factors, per channel, of a residual branch. */
    LAYER_SCALE,
    /** A learned token or position embedding. */
    EMBEDDING,
    /** A batch normalisation's running mean: a statistic, not trained. */
    RUNNING_MEAN,
    /** A batch normalisation's running variance: a statistic, not trained. */
    RUNNING_VAR
  }

  /** Number of values. */
  public int count() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Whether it is trained by gradients; running statistics are measured instead. */
  public boolean trainable() {
    return role != Role.RUNNING_MEAN && role != Role.RUNNING_VAR;
  }

  /** Whether weight decay applies: to matrices and kernels, not to biases and normalisations. */
  public boolean decays() {
    return role == Role.CONV_WEIGHT || role == Role.ZERO_CONV_WEIGHT || role == Role.LINEAR_WEIGHT;
  }
}
