package dev.deltadepth.distill.loss;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

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
    Tensor invalid = invalid(mask);
    // One on both sides: the logarithms differ by 0 and add nothing to the sums.
    Tensor p = prediction.masked_fill(invalid, new Scalar(1.0));
    Tensor t = target.masked_fill(invalid, new Scalar(1.0));
    Tensor g = Losses.safeLog(p).sub(Losses.safeLog(t));
    Tensor count = atLeastOne(weights(invalid, p).sum());
    Tensor mean = g.sum().div(count);
    return g.square().sum().div(count).sub(mean.square().mul(new Scalar(lambda)));
  }

  /** {@link Losses#silogRoot} over the valid elements. */
  public static Tensor silogRoot(Tensor prediction, Tensor target, Tensor mask, double lambda) {
    return Losses.root(silog(prediction, target, mask, lambda));
  }

  /** {@link Losses#l1} over the valid elements. */
  public static Tensor l1(Tensor prediction, Tensor target, Tensor mask) {
    requireSameShapes(prediction, target, mask);
    Tensor invalid = invalid(mask);
    return meanOver(difference(prediction, target, invalid).abs(), invalid);
  }

  /** {@link Losses#l1Trimmed} over the valid elements of each sample that has any. */
  public static Tensor l1Trimmed(Tensor prediction, Tensor target, Tensor mask) {
    requireSameShapes(prediction, target, mask);
    Tensor valid = invalid(mask).logical_not();
    Tensor total = prediction.sum().mul(new Scalar(0.0));
    int samples = 0;
    for (long i = 0; i < prediction.size(0); i++) {
      Tensor p = prediction.select(0, i).masked_select(valid.select(0, i));
      Tensor t = target.select(0, i).masked_select(valid.select(0, i));
      if (p.numel() > 0) {
        total = total.add(Losses.l1Trimmed(p.unsqueeze(0), t.unsqueeze(0)));
        samples++;
      }
    }
    return total.div(new Scalar((double) Math.max(1, samples)));
  }

  /**
   * {@link Losses#sobelGradient} with the border repeated, over the elements whose 3x3 surroundings
   * are valid.
   */
  public static Tensor sobelGradient(Tensor prediction, Tensor target, Tensor mask) {
    requireSameShapes(prediction, target, mask);
    Tensor invalid = invalid(mask);
    Tensor slopes = Losses.sobelOfRepeatedBorder(difference(prediction, target, invalid));
    Tensor near = near(invalid, 3);
    return meanOver(slopes.masked_fill(near, new Scalar(0.0)), near);
  }

  /** {@link Losses#multiScaleGradient} as in {@link #ssiPlusGradient}, of maps as they are. */
  public static Tensor multiScaleGradient(Tensor prediction, Tensor target, Tensor mask) {
    requireSameShapes(prediction, target, mask);
    Tensor invalid = invalid(mask);
    return multiScaleGradient(difference(prediction, target, invalid), invalid);
  }

  /** {@link Losses#ssiNormalize(Tensor)} over the valid elements; 0 at the others. */
  public static Tensor ssiNormalize(Tensor map, Tensor mask) {
    Losses.requireSameShape(map, mask);
    return normalize(map, invalid(mask));
  }

  /** Which elements have an invalid one in the square of an odd side around them. */
  static Tensor near(Tensor invalid, long side) {
    long[] square = {side, side};
    long[] ones = {1, 1};
    long[] padding = {side / 2, side / 2};
    Tensor found = invalid.to(torch.ScalarType.Float);
    return torch.max_pool2d(found, square, ones, padding, ones, false).gt(new Scalar(0.0));
  }

  private static Tensor invalid(Tensor mask) {
    return mask.eq(new Scalar(0.0));
  }

  /** p - t, 0 where it does not count. */
  private static Tensor difference(Tensor p, Tensor t, Tensor invalid) {
    Scalar zero = new Scalar(0.0);
    return p.masked_fill(invalid, zero).sub(t.masked_fill(invalid, zero));
  }

  /** The mean over the elements that count, of values that are 0 at the others. */
  private static Tensor meanOver(Tensor values, Tensor invalid) {
    return values.sum().div(atLeastOne(weights(invalid, values).sum()));
  }

  /** {@link Losses#ssi} by the mean deviation, all statistics over the valid elements. */
  public static Tensor ssi(Tensor prediction, Tensor target, Tensor mask) {
    requireSameShapes(prediction, target, mask);
    return l1(ssiNormalize(prediction, mask), ssiNormalize(target, mask), mask);
  }

  /**
   * {@link Losses#ssiPlusGradient} over the valid elements. At the pooled scales a cell counts
   * where more than 0.99 of it is valid; a difference counts where both its cells do.
   */
  public static Tensor ssiPlusGradient(
      Tensor prediction, Tensor target, Tensor mask, double gradientWeight) {
    requireSameShapes(prediction, target, mask);
    Tensor p = ssiNormalize(prediction, mask);
    Tensor t = ssiNormalize(target, mask);
    Tensor gradient = multiScaleGradient(p, t, mask);
    return l1(p, t, mask).add(gradient.mul(new Scalar(gradientWeight)));
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
