package dev.deltadepth.nn;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) over N, H and W: {@code <name>.weight}, {@code
 * .bias}, {@code .running_mean} and {@code .running_var}, each [channels].
 *
 * @param name prefix of the weights' names
 * @param channels of its input
 * @param eps added to the variance
 */
public record BatchNorm(String name, int channels, double eps) {

  /** How far a training step moves the running mean and variance towards the batch's. */
  public static final double MOMENTUM = 0.1;

  /** A batch normalisation with the usual eps of 1e-5. */
  public static BatchNorm of(String name, int channels) {
    return new BatchNorm(name, channels, 1e-5);
  }

  public String weight() {
    return name + ".weight";
  }

  public String bias() {
    return name + ".bias";
  }

  public String runningMean() {
    return name + ".running_mean";
  }

  public String runningVar() {
    return name + ".running_var";
  }
}
