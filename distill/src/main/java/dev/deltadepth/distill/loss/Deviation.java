package dev.deltadepth.distill.loss;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The deviation by which maps are divided after subtracting their median, which removes scale and
 * shift (Ranftl et al. 2020, equations 5 and 6), and whether gradients flow through it. Every
 * sample is normalised on its own. The median is the lower one: element (n - 1) / 2 in ascending
 * order.
 */
public enum Deviation {
  /** Mean absolute deviation from the median; gradients flow through both (MiDaS). */
  MEAN,
  /** The same value, with median and deviation as constants for the gradient. */
  MEAN_DETACHED,
  /** Median absolute deviation with gradients. Unsuitable for maps where one value fills half. */
  MEDIAN;

  /** Lower bound of the divisor: a constant map becomes 0. */
  private static final Scalar SMALLEST = new Scalar(1e-6);

  /**
   * The map without scale and shift.
   *
   * @param map [N, 1, H, W]
   * @param mask valid elements, over which the statistics are computed; the others become 0
   * @return a map of the same shape
   */
  Tensor normalize(Tensor map, Optional<Tensor> mask) {
    return mask.map(valid -> masked(map, Masks.invalid(valid))).orElseGet(() -> whole(map));
  }

  private Tensor whole(Tensor map) {
    Tensor x = map.flatten(1, -1);
    Tensor statistics = this == MEAN_DETACHED ? x.detach() : x;
    Tensor shift = lowerMedian(statistics);
    Tensor distances = statistics.sub(shift).abs();
    Tensor scale =
        this == MEDIAN
            ? lowerMedian(distances)
            : distances.mean(new long[] {1}, true, new ScalarTypeOptional());
    return x.sub(shift).div(scale.clamp_min(SMALLEST)).reshape(map.shape());
  }

  private Tensor masked(Tensor map, Tensor invalid) {
    Tensor skipped = invalid.flatten(1, -1);
    Tensor x = map.flatten(1, -1).masked_fill(skipped, new Scalar(0.0));
    Tensor statistics = this == MEAN_DETACHED ? x.detach() : x;
    Tensor shift = medianOfValid(statistics, skipped);
    Tensor distances = statistics.sub(shift).masked_fill(skipped, new Scalar(0.0)).abs();
    Tensor scale =
        this == MEDIAN ? medianOfValid(distances, skipped) : meanOfValid(distances, skipped);
    Tensor centred = x.sub(shift).masked_fill(skipped, new Scalar(0.0));
    return centred.div(scale.clamp_min(SMALLEST)).reshape(map.shape());
  }

  private static Tensor lowerMedian(Tensor rows) {
    return rows.median(1, true).get0();
  }

  private static Tensor medianOfValid(Tensor rows, Tensor skipped) {
    return rows.masked_fill(skipped, new Scalar(Double.NaN)).nanmedian(1, true).get0();
  }

  private static Tensor meanOfValid(Tensor rows, Tensor skipped) {
    Tensor counts =
        Masks.weights(skipped, rows).sum(new long[] {1}, true, new ScalarTypeOptional());
    return rows.sum(new long[] {1}, true, new ScalarTypeOptional()).div(Masks.atLeastOne(counts));
  }
}
