package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Scale-invariant logarithmic error: with g = ln p - ln t, mean(g^2) - lambda mean(g)^2 over the
 * batch (Eigen et al. 2014, equation 4). Lambda 1 gives the variance of g, invariant to any common
 * factor. In recipes, {@code silog} has lambda 0.5 and the root, {@code silog-variance} lambda 1
 * and none.
 *
 * @param lambda 0 to 1
 * @param root whether to take the square root, as Depth Anything does with lambda 0.5
 */
public record Silog(double lambda, boolean root) implements Loss {

  /** Below this value the tangent replaces the logarithm, so that the slope at zero is finite. */
  static final double LOG_FLOOR = 1e-3;

  private static final double SMALLEST_SQUARE = 1e-12;

  @Override
  public String name() {
    return lambda == 1 && !root ? "silog-variance" : "silog";
  }

  @Override
  public Tensor of(Maps maps) {
    Tensor square =
        maps.mask()
            .map(mask -> masked(maps.prediction(), maps.target(), mask))
            .orElseGet(() -> whole(maps.prediction(), maps.target()));
    // The root's derivative is infinite at 0, where prediction and target agree.
    return root ? square.clamp_min(new Scalar(SMALLEST_SQUARE)).sqrt() : square;
  }

  private Tensor whole(Tensor p, Tensor t) {
    Tensor g = safeLog(p).sub(safeLog(t));
    return g.square().mean().sub(g.mean().square().mul(new Scalar(lambda)));
  }

  private Tensor masked(Tensor prediction, Tensor target, Tensor mask) {
    Tensor invalid = Masks.invalid(mask);
    // 1 on both sides: the logarithms differ by 0 and add nothing to the sums.
    Tensor p = prediction.masked_fill(invalid, new Scalar(1.0));
    Tensor t = target.masked_fill(invalid, new Scalar(1.0));
    Tensor g = safeLog(p).sub(safeLog(t));
    Tensor count = Masks.atLeastOne(Masks.weights(invalid, p).sum());
    Tensor mean = g.sum().div(count);
    return g.square().sum().div(count).sub(mean.square().mul(new Scalar(lambda)));
  }

  private static Tensor safeLog(Tensor x) {
    Tensor above = x.clamp_min(new Scalar(LOG_FLOOR));
    return above.log().add(x.sub(above), new Scalar(1 / LOG_FLOOR));
  }
}
