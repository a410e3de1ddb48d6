package dev.deltadepth.distill.loss;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;
import static org.bytedeco.pytorch.global.torch.pad;

import dev.deltadepth.distill.recipe.DistillException;
import java.util.Arrays;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Training losses over libtorch tensors, differentiable by autograd.
 *
 * <p>A map is [N, 1, H, W] float32 (or float64), a feature [N, C, H, W]; the result is a scalar.
 * The derivative of |x| at 0 is 0. Every loss and every gradient stays finite for finite input,
 * constant maps and zero disparity included.
 *
 * <p>The caller owns the native memory: one {@code PointerScope} around the whole training step.
 */
public final class Losses {

  /**
   * Below this value SILog goes on with the logarithm's tangent instead of falling to -infinity.
   */
  public static final double LOG_FLOOR = 1e-3;

  /** The smallest deviation by which {@link #ssiNormalize} divides: a constant map becomes 0. */
  static final double SMALLEST_DEVIATION = 1e-6;

  /** The share that trimmed losses keep. */
  private static final double KEPT = 0.9;

  private static final double SMALLEST_SQUARE = 1e-12;

  private Losses() {}

  /** How the Sobel filter treats the border of a map. */
  public enum Padding {
    /** One row and column of zeros. */
    ZERO,
    /** The border value repeated. */
    REPLICATE,
    /** Reflected without the border: d[-1] = d[1]. */
    REFLECT,
    /** No padding: the filtered map is 2 smaller along each axis. */
    VALID
  }

  /** How the differences of one scale become one number, and the scales one loss. */
  public enum Scales {
    /** Mean along x plus mean along y, summed over the scales. */
    SUMMED,
    /** Mean over all differences of both directions, averaged over the scales (ZipDepth). */
    POOLED
  }

  /** What the scale-and-shift-invariant losses divide by, and whether it takes part in autograd. */
  public enum Deviation {
    /** Mean absolute deviation from the median; the gradient flows through both (MiDaS). */
    MEAN,
    /** The same value, with median and deviation as constants in the gradient. */
    MEAN_DETACHED,
    /** Median absolute deviation; the gradient flows. Not for maps of which half is one value. */
    MEDIAN
  }

  /** Mean |p - t|; of features too. */
  public static Tensor l1(Tensor prediction, Tensor target) {
    requireSameShape(prediction, target);
    return prediction.sub(target).abs().mean();
  }

  /**
   * Mean |p - t| of each sample without its worst tenth (Ranftl et al. 2020, section 5), where a
   * teacher is most likely wrong.
   */
  public static Tensor l1Trimmed(Tensor prediction, Tensor target) {
    requireSameShape(prediction, target);
    Tensor distances = prediction.sub(target).abs().flatten(1, -1);
    long kept = Math.max(1, (long) Math.ceil(KEPT * distances.size(1)));
    Tensor limit = distances.detach().kthvalue(kept, 1, true).get0();
    Tensor inside = distances.le(limit).to(distances.scalar_type());
    return distances.mul(inside).sum().div(inside.sum());
  }

  /** Mean (p - t)^2. */
  public static Tensor mse(Tensor prediction, Tensor target) {
    requireSameShape(prediction, target);
    return prediction.sub(target).square().mean();
  }

  /**
   * Scale-invariant logarithmic error: with g = ln p - ln t, mean(g^2) - lambda mean(g)^2 over the
   * batch (Eigen et al. 2014, equation 4). Lambda 1 is the variance of g, blind to any common
   * factor.
   *
   * @param lambda 0 to 1
   */
  public static Tensor silog(Tensor prediction, Tensor target, double lambda) {
    requireSameShape(prediction, target);
    Tensor g = safeLog(prediction).sub(safeLog(target));
    return g.square().mean().sub(g.mean().square().mul(new Scalar(lambda)));
  }

  /** The square root of {@link #silog}, as Depth Anything trains it with lambda 0.5. */
  public static Tensor silogRoot(Tensor prediction, Tensor target, double lambda) {
    return root(silog(prediction, target, lambda));
  }

  /**
   * Gradient matching: mean of |gx| + |gy| over all positions, gx and gy the 3x3 Sobel filters
   * (without the factor 1/8) of p - t.
   */
  public static Tensor sobelGradient(Tensor prediction, Tensor target, Padding padding) {
    requireSameShape(prediction, target);
    return sobel(padByOne(prediction.sub(target), padding)).mean();
  }

  /** |gx| + |gy| of the 3x3 Sobel filters, 2 smaller along each axis. */
  private static Tensor sobel(Tensor map) {
    // Separable: [1, 2, 1] along one axis, [-1, 0, 1] along the other. On one channel this is far
    // quicker than a convolution.
    Tensor gx = centralDifference(binomial(map, 2), 3);
    Tensor gy = centralDifference(binomial(map, 3), 2);
    return gx.abs().add(gy.abs());
  }

  /** {@link #sobel} of a map with its border repeated: of the map's own size. */
  static Tensor sobelOfRepeatedBorder(Tensor map) {
    return sobel(padByOne(map, Padding.REPLICATE));
  }

  /** {@link #multiScaleGradient(Tensor, Tensor, Scales)} with {@link Scales#POOLED}. */
  public static Tensor multiScaleGradient(Tensor prediction, Tensor target) {
    return multiScaleGradient(prediction, target, Scales.POOLED);
  }

  /**
   * Gradient matching by forward differences of p - t, average-pooled by 1, 2, 4 and 8; incomplete
   * windows are dropped. A scale at which the map has no difference left contributes 0.
   */
  public static Tensor multiScaleGradient(Tensor prediction, Tensor target, Scales scales) {
    requireSameShape(prediction, target);
    Tensor difference = prediction.sub(target);
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

  /** {@link #ssiNormalize(Tensor, Deviation)} with {@link Deviation#MEAN}. */
  public static Tensor ssiNormalize(Tensor map) {
    return ssiNormalize(map, Deviation.MEAN);
  }

  /**
   * Each sample less its median, divided by its deviation (Ranftl et al. 2020, equations 5 and 6):
   * what is left when scale and shift are unknown. The median is the lower one: element (n - 1) / 2
   * of the ascending order.
   *
   * @return the shape of the map
   */
  public static Tensor ssiNormalize(Tensor map, Deviation deviation) {
    Tensor x = map.flatten(1, -1);
    Tensor statistics = deviation == Deviation.MEAN_DETACHED ? x.detach() : x;
    Tensor shift = lowerMedian(statistics);
    Tensor distances = statistics.sub(shift).abs();
    Tensor scale =
        deviation == Deviation.MEDIAN
            ? lowerMedian(distances)
            : distances.mean(new long[] {1}, true, new ScalarTypeOptional());
    return x.sub(shift).div(scale.clamp_min(new Scalar(SMALLEST_DEVIATION))).reshape(map.shape());
  }

  /** Mean |p^ - t^| of the maps normalised by {@link #ssiNormalize}. */
  public static Tensor ssi(Tensor prediction, Tensor target, Deviation deviation) {
    requireSameShape(prediction, target);
    return l1(ssiNormalize(prediction, deviation), ssiNormalize(target, deviation));
  }

  /**
   * {@link #ssi} plus {@code gradientWeight} times {@link #multiScaleGradient} of the normalised
   * maps; ZipDepth trains with the weight 2.
   */
  public static Tensor ssiPlusGradient(Tensor prediction, Tensor target, double gradientWeight) {
    requireSameShape(prediction, target);
    Tensor p = ssiNormalize(prediction);
    Tensor t = ssiNormalize(target);
    return l1(p, t).add(multiScaleGradient(p, t).mul(new Scalar(gradientWeight)));
  }

  /**
   * Attention matching (Zagoruyko and Komodakis 2017): mean squared difference of the features'
   * mean absolute value over the channels. The channel counts may differ.
   */
  public static Tensor attention(Tensor student, Tensor teacher) {
    return mse(attentionMap(student), attentionMap(teacher));
  }

  /** As {@link #attention}, with each sample's attention map divided by its Euclidean norm. */
  public static Tensor attentionNormalized(Tensor student, Tensor teacher) {
    Tensor s = attentionMap(student);
    Tensor t = attentionMap(teacher);
    requireSameShape(s, t);
    return mse(unitLength(s.flatten(1, -1)), unitLength(t.flatten(1, -1)));
  }

  /** The square root, but its derivative is infinite at 0, where prediction and target agree. */
  static Tensor root(Tensor square) {
    return square.clamp_min(new Scalar(SMALLEST_SQUARE)).sqrt();
  }

  /** The logarithm above {@link #LOG_FLOOR}; its tangent below, so that zero still has a slope. */
  static Tensor safeLog(Tensor x) {
    Tensor above = x.clamp_min(new Scalar(LOG_FLOOR));
    return above.log().add(x.sub(above), new Scalar(1 / LOG_FLOOR));
  }

  /** x[i + 1] - x[i] along a dimension, one element shorter. */
  static Tensor forwardDifference(Tensor x, long dimension) {
    long n = x.size(dimension) - 1;
    return x.narrow(dimension, 1, n).sub(x.narrow(dimension, 0, n));
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

  static void requireSameShape(Tensor a, Tensor b) {
    if (!Arrays.equals(a.shape(), b.shape())) {
      throw new DistillException(
          "a loss compares tensors of one shape, not "
              + Arrays.toString(a.shape())
              + " and "
              + Arrays.toString(b.shape())
              + "; resize one of them first");
    }
  }

  private static Tensor lowerMedian(Tensor rows) {
    return rows.median(1, true).get0();
  }

  private static Tensor padByOne(Tensor x, Padding padding) {
    long[] sides = {1, 1, 1, 1};
    return switch (padding) {
      case ZERO -> pad(x, sides, "constant", new DoubleOptional());
      case REPLICATE -> pad(x, sides, "replicate", new DoubleOptional());
      case REFLECT -> pad(x, sides, "reflect", new DoubleOptional());
      case VALID -> x;
    };
  }

  private static Tensor attentionMap(Tensor feature) {
    return feature.abs().mean(1);
  }

  private static Tensor unitLength(Tensor rows) {
    Tensor length =
        rows.square()
            .sum(new long[] {1}, true, new ScalarTypeOptional())
            // Clamped before the root, whose derivative at 0 is infinite: (1e-12)^2.
            .clamp_min(new Scalar(1e-24))
            .sqrt();
    return rows.div(length);
  }
}
