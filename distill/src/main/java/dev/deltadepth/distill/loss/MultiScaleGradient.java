package dev.deltadepth.distill.loss;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Gradient matching by forward differences of p - t, average-pooled by 1, 2, 4 and 8; incomplete
 * windows are dropped. A scale too coarse for the map to have differences contributes 0. With a
 * mask, a cell counts if more than 0.99 of it is valid, and a difference if both its cells count.
 *
 * @param scales how differences and scales are reduced
 * @param normalized whether scale and shift are removed first; ZipDepth adds this variant, with
 *     weight 2, to {@link Ssi}
 */
public record MultiScaleGradient(Scales scales, boolean normalized) implements Loss {

  /** How the differences of one scale are reduced to one number, and the scales to one loss. */
  public enum Scales {
    /** Mean along x plus mean along y, summed over the scales. */
    SUMMED,
    /** Mean over all differences of both directions, averaged over the scales (ZipDepth). */
    POOLED
  }

  private static final double VALID_CELL = 0.99;

  @Override
  public String name() {
    return "multi-scale-gradient";
  }

  @Override
  public Tensor of(Maps given) {
    Maps maps = (normalized ? given.normalized(Deviation.MEAN) : given).withExactEdges();
    Tensor difference = maps.difference();
    return maps.mask()
        .map(mask -> masked(difference, Masks.invalid(mask)))
        .orElseGet(() -> whole(difference));
  }

  private Tensor whole(Tensor difference) {
    Tensor total = difference.mean().mul(new Scalar(0.0));
    for (long k = 1; k <= 8; k *= 2) {
      long height = difference.size(2) / k;
      long width = difference.size(3) / k;
      if (height < 1 || width < 1) {
        break;
      }
      Tensor r = k == 1 ? difference : avg_pool2d(difference, k, k);
      double rows = (double) r.size(0) * r.size(1) * height * (width - 1);
      double columns = (double) r.size(0) * r.size(1) * (height - 1) * width;
      double all = rows + columns;
      boolean pooled = scales == Scales.POOLED;
      if (rows > 0) {
        Tensor sum = forwardDifference(r, 3).abs().sum();
        total = total.add(sum.mul(new Scalar(pooled ? 0.25 / all : 1 / rows)));
      }
      if (columns > 0) {
        Tensor sum = forwardDifference(r, 2).abs().sum();
        total = total.add(sum.mul(new Scalar(pooled ? 0.25 / all : 1 / columns)));
      }
    }
    return total;
  }

  private Tensor masked(Tensor difference, Tensor invalid) {
    Tensor valid = Masks.weights(invalid, difference);
    Tensor total = difference.mean().mul(new Scalar(0.0));
    for (long k = 1; k <= 8 && difference.size(2) >= k && difference.size(3) >= k; k *= 2) {
      Tensor r = k == 1 ? difference : avg_pool2d(difference, k, k);
      Tensor share = k == 1 ? valid : avg_pool2d(valid, k, k);
      Tensor cell = share.gt(new Scalar(VALID_CELL)).to(r.scalar_type());
      Tensor bothX = pairs(cell, 3);
      Tensor bothY = pairs(cell, 2);
      Tensor dx = forwardDifference(r, 3).abs().mul(bothX).sum();
      Tensor dy = forwardDifference(r, 2).abs().mul(bothY).sum();
      total =
          total.add(
              scales == Scales.POOLED
                  ? dx.add(dy).div(Masks.atLeastOne(bothX.sum().add(bothY.sum())))
                  : dx.div(Masks.atLeastOne(bothX.sum()))
                      .add(dy.div(Masks.atLeastOne(bothY.sum()))));
    }
    return scales == Scales.POOLED ? total.mul(new Scalar(0.25)) : total;
  }

  /** x[i + 1] - x[i] along a dimension, one element shorter. */
  private static Tensor forwardDifference(Tensor x, long dimension) {
    long n = x.size(dimension) - 1;
    return x.narrow(dimension, 1, n).sub(x.narrow(dimension, 0, n));
  }

  /** 1 where an element and the next one along the dimension both count. */
  private static Tensor pairs(Tensor cell, long dimension) {
    long n = cell.size(dimension) - 1;
    return cell.narrow(dimension, 1, n).mul(cell.narrow(dimension, 0, n));
  }
}
