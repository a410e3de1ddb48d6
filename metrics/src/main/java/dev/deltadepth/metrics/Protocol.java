package dev.deltadepth.metrics;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * How a prediction is turned into the depth that is compared with the truth. The same map scores
 * very differently under different protocols, so a figure without its protocol means nothing.
 *
 * <p>Below, p is the prediction, g the true depth in metres at the pixels of the {@link Region},
 * and d the depth to compare. If a protocol works in depth and p is a disparity, it is inverted as
 * {@code 1 / max(p, 1e-3)}; {@link #description} says so. {@code clip} limits d to the region's
 * depths.
 */
public enum Protocol {
  /**
   * Scale and shift by least squares in disparity, as Marigold (Ke et al., CVPR 2024; {@code
   * least_square_disparity}) and ZipDepth do for networks that predict disparity: {@code s, t =
   * argmin sum (s p + t - 1/g)^2}, then {@code d = clip(1 / max(s p + t, 1e-3))}. Zero has no
   * special meaning for a disparity of unknown shift, so all pixels are fitted; Marigold's code
   * skips values at or below it: {@link #MARIGOLD_POSITIVE}. For networks whose output is always
   * positive, the two are the same.
   */
  MARIGOLD("scale and shift fitted per image by least squares in disparity", false),
  /**
   * As {@link #MARIGOLD}, but fitted only over the pixels with p above 0, as in Marigold's
   * published code; all pixels are compared.
   */
  MARIGOLD_POSITIVE(
      "scale and shift fitted per image by least squares in disparity where it is positive", false),
  /**
   * As {@link #MARIGOLD}, but {@code d = 1 / max(s p + t, 1/cap)} without a lower bound on d: the
   * zero-shot evaluation of MiDaS (Ranftl et al., TPAMI 2022; BadPixelMetric).
   */
  MIDAS("scale and shift fitted per image by least squares in disparity, capped there", false),
  /**
   * One factor, {@code d = clip(p median(g) / median(p))}, as SfMLearner (Zhou et al., CVPR 2017)
   * and Monodepth2 (Godard et al., ICCV 2019) do for depth without scale; disparity is inverted.
   */
  MEDIAN("depth scaled per image by the ratio of medians; disparity is inverted first", true),
  /**
   * No alignment, {@code d = clip(p)}: for networks that predict metres. Disparity is inverted, so
   * it must be in 1/metres.
   */
  METRIC("no alignment; disparity is inverted and must be in 1/metres", true),
  /**
   * Scale and shift by least squares in depth, {@code s, t = argmin sum (s p + t - g)^2}, then
   * {@code d = clip(s p + t)}: what Marigold does for itself and other networks that predict depth
   * up to scale and shift ({@code least_square}). Disparity is inverted, and fitted where it is
   * above 0.
   */
  DEPTH_LSQ(
      "scale and shift fitted per image by least squares in depth; disparity is inverted first",
      true);

  private static final double LEAST = 1e-3;

  private final String description;
  private final boolean inDepth;

  Protocol(String description, boolean inDepth) {
    this.description = description;
    this.inDepth = inDepth;
  }

  /** One line to quote with every figure of this protocol. */
  public String description() {
    return description;
  }

  /** The protocol's name: {@code depth-lsq}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The protocol with a name; empty if there is none. */
  public static Optional<Protocol> named(String name) {
    return Arrays.stream(values()).filter(one -> one.toString().equals(name)).findFirst();
  }

  /**
   * Whether the protocol supports ground truth of a kind: disparity of unknown scale and offset has
   * no depth, so only protocols that fit in disparity support it.
   */
  public boolean measures(TruthKind truth) {
    return truth.metric() || !truth.labelled() || !inDepth;
  }

  /**
   * The figures of one prediction. Ground truth that is disparity without a unit replaces 1/g; the
   * only figure is then the mean of |s p + t - g| divided by the mean of g.
   *
   * @param prediction of the ground truth's size
   * @param truth metres, or disparity without a unit; NaN where unknown
   * @throws IllegalArgumentException if the protocol does not support predictions of this kind, or
   *     the sizes differ
   * @throws MetricsException if no pixel is valid, the prediction is not finite at a valid pixel,
   *     or the protocol does not support such ground truth
   */
  public Score score(DepthMap prediction, DepthMap truth, Region region) {
    return truthScore(prediction, truth, region).score();
  }

  /** The same with everything needed to pool the figures of several images. */
  public TruthScore truthScore(DepthMap prediction, DepthMap truth, Region region) {
    if (truth.kind() == DepthMap.Kind.METRES) {
      return metrics(prediction, truth, region).truthScore();
    }
    if (inDepth) {
      throw new MetricsException(
          "protocol " + this + " needs ground truth in metres, not disparity; use " + MARIGOLD);
    }
    return disparityScore(Pairs.of(prediction.require(DepthMap.Kind.DISPARITY), truth, region));
  }

  /**
   * The same as sums, to be pooled over images, each aligned on its own.
   *
   * @param truth metres; NaN where unknown
   * @throws IllegalArgumentException as {@link #score}, or if the truth is not in metres
   * @throws MetricsException as {@link #score}
   */
  public DepthMetrics metrics(DepthMap prediction, DepthMap truth, Region region) {
    truth.require(DepthMap.Kind.METRES);
    if (!inDepth && prediction.kind() != DepthMap.Kind.DISPARITY) {
      throw new IllegalArgumentException(
          "protocol "
              + this
              + " needs predictions of the kind DISPARITY, not "
              + prediction.kind()
              + "; use "
              + DEPTH_LSQ);
    }
    Pairs pairs = Pairs.of(prediction, truth, region);
    DoubleUnaryOperator depth = depth(prediction.kind(), pairs, region);
    DepthMetrics metrics = new DepthMetrics();
    for (int i = 0; i < pairs.count(); i++) {
      metrics.add(depth.applyAsDouble(pairs.predicted(i)), pairs.truth(i));
    }
    return metrics;
  }

  /**
   * The error map: |d - g| / g at each valid pixel and NaN elsewhere. For ground truth that is
   * disparity without a unit, it is |s p + t - g| divided by the mean of g.
   */
  public float[] errors(DepthMap prediction, DepthMap truth, Region region) {
    Pairs pairs = Pairs.of(prediction, truth, region);
    boolean metric = truth.kind() == DepthMap.Kind.METRES;
    DoubleUnaryOperator aligned =
        metric
            ? depth(prediction.kind(), pairs, region)
            : disparityFit(pairs, DoubleUnaryOperator.identity())::apply;
    float[] errors = new float[truth.data().length];
    Arrays.fill(errors, Float.NaN);
    double mean = 0;
    for (int i = 0; i < pairs.count(); i++) {
      mean += pairs.truth(i) / pairs.count();
    }
    for (int i = 0; i < pairs.count(); i++) {
      double error = Math.abs(aligned.applyAsDouble(pairs.predicted(i)) - pairs.truth(i));
      errors[pairs.pixel(i)] = (float) (error / (metric ? pairs.truth(i) : mean));
    }
    return errors;
  }

  /** Turns a predicted value into depth in metres. */
  private DoubleUnaryOperator depth(DepthMap.Kind kind, Pairs pairs, Region region) {
    boolean inverted = kind == DepthMap.Kind.DISPARITY;
    DoubleUnaryOperator asDepth =
        inverted ? p -> 1 / Math.max(p, LEAST) : DoubleUnaryOperator.identity();
    return switch (this) {
      case MARIGOLD, MARIGOLD_POSITIVE -> {
        Alignment fit = disparityFit(pairs, g -> 1.0 / g);
        yield p -> clip(1 / Math.max(fit.apply(p), LEAST), region);
      }
      case MIDAS -> {
        Alignment fit = disparityFit(pairs, g -> 1.0 / g);
        yield p -> 1 / Math.max(fit.apply(p), 1 / region.capMetres());
      }
      case MEDIAN -> {
        double ratio = pairs.ratioOfMedians(asDepth);
        yield p -> clip(ratio * asDepth.applyAsDouble(p), region);
      }
      case METRIC -> p -> clip(asDepth.applyAsDouble(p), region);
      case DEPTH_LSQ -> {
        Alignment fit = pairs.fit(p -> p > 0 || !inverted, asDepth, DoubleUnaryOperator.identity());
        yield p -> clip(fit.apply(asDepth.applyAsDouble(p)), region);
      }
    };
  }

  private Alignment disparityFit(Pairs pairs, DoubleUnaryOperator target) {
    return pairs.fit(
        p -> p > 0 || this != MARIGOLD_POSITIVE, DoubleUnaryOperator.identity(), target);
  }

  private TruthScore disparityScore(Pairs pairs) {
    Alignment fit = disparityFit(pairs, DoubleUnaryOperator.identity());
    double error = 0;
    double sum = 0;
    for (int i = 0; i < pairs.count(); i++) {
      error += Math.abs(fit.apply(pairs.predicted(i)) - pairs.truth(i));
      sum += pairs.truth(i);
    }
    return new TruthScore(
        Score.ofDisparity(error / sum), pairs.count(), Double.NaN, DistanceErrors.empty());
  }

  private static double clip(double depth, Region region) {
    return Math.min(Math.max(depth, region.nearestMetres()), region.capMetres());
  }
}
