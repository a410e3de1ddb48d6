package dev.deltadepth.distill;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The losses of {@link Losses} over the valid elements of maps [N, 1, H, W]. A mask has the maps'
 * shape; an element counts where it is not 0. What the maps hold elsewhere (NaN too) has no
 * influence, and a batch without a valid element has the loss 0.
 */
public final class MaskedLosses {

  private MaskedLosses() {}

  /** {@link Losses#silog} over the valid elements. */
  public static Tensor silog(Tensor prediction, Tensor target, Tensor mask, double lambda) {
    requireSameShapes(prediction, target, mask);
    Tensor invalid = mask.eq(new Scalar(0.0));
    // One on both sides: the logarithms differ by 0 and add nothing to the sums.
    Tensor p = prediction.masked_fill(invalid, new Scalar(1.0));
    Tensor t = target.masked_fill(invalid, new Scalar(1.0));
    Tensor g = Losses.safeLog(p).sub(Losses.safeLog(t));
    Tensor count = atLeastOne(weights(invalid, p).sum());
    Tensor mean = g.sum().div(count);
    return g.square().sum().div(count).sub(mean.square().mul(new Scalar(lambda)));
  }

  /** {@link Losses#ssi} by the mean deviation, all statistics over the valid elements. */
  public static Tensor ssi(Tensor prediction, Tensor target, Tensor mask) {
    requireSameShapes(prediction, target, mask);
    Tensor invalid = mask.eq(new Scalar(0.0));
    return l1(normalize(prediction, invalid), normalize(target, invalid), invalid);
  }

  /**
   * {@link Losses#ssiPlusGradient} over the valid elements. At the pooled scales a cell counts
   * where more than 0.99 of it is valid; a difference counts where both its cells do.
   */
  public static Tensor ssiPlusGradient(
      Tensor prediction, Tensor target, Tensor mask, double gradientWeight) {
    requireSameShapes(prediction, target, mask);
    Tensor invalid = mask.eq(new Scalar(0.0));
    Tensor p = normalize(prediction, invalid);
    Tensor t = normalize(target, invalid);
    Tensor gradient = multiScaleGradient(p.sub(t), invalid);
    return l1(p, t, invalid).add(gradient.mul(new Scalar(gradientWeight)));
  }

  /** As {@link Losses#ssiNormalize(Tensor)} over the valid elements, and 0 at the others. */
  private static Tensor normalize(Tensor map, Tensor invalid) {
    Tensor skipped = invalid.flatten(1, -1);
    Tensor x = map.flatten(1, -1).masked_fill(skipped, new Scalar(0.0));
    Tensor counts =
        atLeastOne(weights(skipped, x).sum(new long[] {1}, true, new ScalarTypeOptional()));
    Tensor shift = x.masked_fill(skipped, new Scalar(Double.NaN)).nanmedian(1, true).get0();
    Tensor centred = x.sub(shift).masked_fill(skipped, new Scalar(0.0));
    Tensor scale =
        centred
            .abs()
            .sum(new long[] {1}, true, new ScalarTypeOptional())
            .div(counts)
            .clamp_min(new Scalar(Losses.SMALLEST_DEVIATION));
    return centred.div(scale).reshape(map.shape());
  }

  /** Both maps are 0 where they do not count. */
  private static Tensor l1(Tensor p, Tensor t, Tensor invalid) {
    return p.sub(t).abs().sum().div(atLeastOne(weights(invalid, p).sum()));
  }

  private static Tensor multiScaleGradient(Tensor difference, Tensor invalid) {
    Tensor valid = weights(invalid, difference);
    Tensor total = difference.mean().mul(new Scalar(0.0));
    for (long k = 1; k <= 8 && difference.size(2) >= k && difference.size(3) >= k; k *= 2) {
      Tensor r = k == 1 ? difference : avg_pool2d(difference, k, k);
      Tensor share = k == 1 ? valid : avg_pool2d(valid, k, k);
      Tensor cell = share.gt(new Scalar(0.99)).to(r.scalar_type());
      Tensor bothX = pairs(cell, 3);
      Tensor bothY = pairs(cell, 2);
      Tensor dx = Losses.forwardDifference(r, 3).abs().mul(bothX).sum();
      Tensor dy = Losses.forwardDifference(r, 2).abs().mul(bothY).sum();
      total = total.add(dx.add(dy).div(atLeastOne(bothX.sum().add(bothY.sum()))));
    }
    return total.mul(new Scalar(0.25));
  }

  /** 1 where an element and its next one along the dimension both count. */
  private static Tensor pairs(Tensor cell, long dimension) {
    long n = cell.size(dimension) - 1;
    return cell.narrow(dimension, 1, n).mul(cell.narrow(dimension, 0, n));
  }

  private static Tensor weights(Tensor invalid, Tensor like) {
    return invalid.logical_not().to(like.scalar_type());
  }

  private static Tensor atLeastOne(Tensor count) {
    return count.clamp_min(new Scalar(1.0));
  }

  private static void requireSameShapes(Tensor prediction, Tensor target, Tensor mask) {
    Losses.requireSameShape(prediction, target);
    Losses.requireSameShape(prediction, mask);
  }
}
