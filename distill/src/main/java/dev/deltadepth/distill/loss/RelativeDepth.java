package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The relative error of depth after a fit of scale and shift, as evaluations measure it: {@code s,
 * t = argmin sum (s p + t - d)^2} per map, with d the target's inverse depth, then the mean of |ln
 * (s p + t) - ln d|. Near and far count alike, while losses on disparity hardly see what is far.
 * Gradients flow through the fit.
 *
 * <p>It needs to know where infinity is, so only maps of which {@link Maps#infinity} is known
 * count; the others add 0. Elements much farther than the nearest, as the sky, do not count. Where
 * {@code s p + t} is below half of d, or not even positive, the tangent at one half replaces the
 * logarithm.
 */
public record RelativeDepth() implements Loss {

  /** Elements more than this many times as far as the nearest do not count. */
  private static final double FARTHEST = 100;

  private static final double TANGENT_BELOW = 0.5;

  /** Keeps the fit of constant maps finite. */
  private static final double RIDGE = 1e-7;

  @Override
  public String name() {
    return "relative-depth";
  }

  @Override
  public Tensor of(Maps maps) {
    Tensor p = maps.prediction().flatten(1, -1);
    if (maps.infinity().isEmpty()) {
      return p.mean().mul(new Scalar(0.0));
    }
    Tensor infinity = maps.infinity().get().flatten(1, -1);
    // NaN in either is NaN here, which no comparison holds for.
    Tensor inverse = maps.target().flatten(1, -1).sub(infinity);
    Tensor valid =
        maps.mask()
            .map(mask -> Masks.valid(mask).flatten(1, -1).mul(known(inverse)))
            .orElseGet(() -> known(inverse));
    Tensor d = inverse.masked_fill(Masks.invalid(valid), new Scalar(0.0));
    Tensor nearest = d.amax(new long[] {1}, true);
    Tensor w = valid.mul(d.gt(nearest.div(new Scalar(FARTHEST))).to(p.scalar_type()));
    Tensor count = Masks.atLeastOne(sum(w));
    Tensor meanP = sum(p.mul(w)).div(count);
    Tensor meanD = sum(d.mul(w)).div(count);
    Tensor centred = p.sub(meanP);
    Tensor covariance = sum(centred.mul(d.sub(meanD)).mul(w)).div(count);
    Tensor variance = sum(centred.square().mul(w)).div(count);
    Tensor scale = covariance.div(variance.add(new Scalar(RIDGE)));
    Tensor aligned = centred.mul(scale).add(meanD);
    Tensor one = w.mul(new Scalar(0.0)).add(new Scalar(1.0));
    Tensor skipped = Masks.invalid(w);
    Tensor ratio =
        aligned.masked_fill(skipped, new Scalar(1.0)).div(d.where(w.gt(new Scalar(0.0)), one));
    Tensor above = ratio.clamp_min(new Scalar(TANGENT_BELOW));
    Tensor log = above.log().add(ratio.sub(above), new Scalar(1 / TANGENT_BELOW));
    return sum(log.abs().mul(w)).div(count).mean();
  }

  private static Tensor known(Tensor inverse) {
    return inverse.gt(new Scalar(0.0)).to(inverse.scalar_type());
  }

  private static Tensor sum(Tensor rows) {
    return rows.sum(new long[] {1}, true, new ScalarTypeOptional());
  }
}
