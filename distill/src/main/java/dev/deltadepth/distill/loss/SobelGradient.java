package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Gradient matching: mean of |gx| + |gy| over all positions, where gx and gy are p - t filtered by
 * 3x3 Sobel kernels without the factor 1/8. With a mask, over the positions whose 3x3 neighbourhood
 * is valid.
 *
 * @param padding of the difference
 */
public record SobelGradient(Padding padding) implements Loss {

  @Override
  public String name() {
    return "gradient";
  }

  @Override
  public Tensor of(Maps given) {
    Maps maps = given.withExactEdges();
    Tensor slopes = slopes(padding.byOne(maps.difference()));
    return maps.mask().map(mask -> masked(slopes, mask)).orElseGet(slopes::mean);
  }

  private Tensor masked(Tensor slopes, Tensor mask) {
    Tensor near = Masks.near(Masks.invalid(mask), 3);
    Tensor around =
        padding == Padding.VALID
            ? near.narrow(2, 1, slopes.size(2)).narrow(3, 1, slopes.size(3))
            : near;
    return Masks.meanOver(slopes.masked_fill(around, new Scalar(0.0)), around);
  }

  /** |gx| + |gy|, 2 smaller along each axis. */
  private static Tensor slopes(Tensor map) {
    // Separable: [1, 2, 1] along one axis, [-1, 0, 1] along the other. For one channel this is much
    // faster than a convolution.
    Tensor gx = centralDifference(binomial(map, 2), 3);
    Tensor gy = centralDifference(binomial(map, 3), 2);
    return gx.abs().add(gy.abs());
  }

  /** x[i + 1] - x[i - 1] along a dimension, two elements shorter. */
  private static Tensor centralDifference(Tensor x, long dimension) {
    long n = x.size(dimension) - 2;
    return x.narrow(dimension, 2, n).sub(x.narrow(dimension, 0, n));
  }

  /** x[i - 1] + 2 x[i] + x[i + 1] along a dimension, two elements shorter. */
  private static Tensor binomial(Tensor x, long dimension) {
    long n = x.size(dimension) - 2;
    return x.narrow(dimension, 0, n)
        .add(x.narrow(dimension, 1, n), new Scalar(2.0))
        .add(x.narrow(dimension, 2, n));
  }
}
