package dev.deltadepth.metrics;

import dev.deltadepth.core.Alignment;
import dev.deltadepth.core.DepthMap;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * How a prediction becomes the depth that is compared with the truth. The same map scores very
 * differently under each, so a figure without its protocol means nothing.
 *
 * <p>Below, p is the prediction and g the true depth in metres at the pixels of the {@link Region},
 * d the depth that is compared. Where a protocol works in depth and p is a disparity, it is
 * inverted as {@code 1 / max(p, 1e-3)}; {@link #description} says so. {@code clip} bounds d to the
 * region's depths.
 */
public enum Protocol {
  /**
   * Scale and shift by least squares in disparity, the way of Marigold (Ke et al., CVPR 2024;
   * {@code least_square_disparity}) and ZipDepth for networks that predict disparity: {@code s, t =
   * argmin sum (s p + t - 1/g)^2}, then {@code d = clip(1 / max(s p + t, 1e-3))}. Zero is no
   * special value of a disparity whose shift is unknown, so all pixels are fitted; the code of
   * Marigold leaves out those at or below it: {@link #MARIGOLD_POSITIVE}. For a network that puts
   * out nothing else the two are one.
   */
  MARIGOLD("scale and shift fitted per image by least squares in disparity", false),
  /**
   * As {@link #MARIGOLD}, fitted over the pixels with p above 0 only, as Marigold's published code
   * does; all are compared.
   */
  MARIGOLD_POSITIVE(
      "scale and shift fitted per image by least squares in disparity where it is positive", false),
  /**
   * As {@link #MARIGOLD}, but {@code d = 1 / max(s p + t, 1/cap)} without a lower bound of d: the
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
   * {@code d = clip(s p + t)}: what Marigold does for itself and all that predict depth up to scale
   * and shift ({@code least_square}). Disparity is inverted, and fitted where it is above 0.
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

  /** One line that belongs to every figure of this protocol. */
  public String description() {
    return description;
  }

  /** The protocol's name: {@code depth-lsq}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The protocol of a name; empty if there is none. */
  public static Optional<Protocol> named(String name) {
    return Arrays.stream(values()).filter(one -> one.toString().equals(name)).findFirst();
  }

  /**
   * Whether it can use ground truth of a kind: a disparity of unknown scale and offset has no
   * depth, so only protocols that fit in disparity can.
   */
  public boolean measures(TruthKind truth) {
    return truth.metric() || !truth.labelled() || !inDepth;
  }

  /**
   * The figures of one prediction. Ground truth that is a disparity without unit takes the place of
   * 1/g; there the only figure is the mean of |s p + t - g| over the mean of g.
   *
   * @param prediction of the ground truth's size
   * @param truth metres, or disparity without unit; NaN where there is none
   * @throws IllegalArgumentException if the protocol cannot use predictions of this kind, or the
   *     sizes differ
   * @throws MetricsException if no pixel counts, one does and the prediction there is not a number,
   *     or the protocol cannot use such ground truth
   */
  public Score score(DepthMap prediction, DepthMap truth, Region region) {
    return truthScore(prediction, truth, region).score();
  }

  /** The same with what it takes to pool the figures of several pictures. */
  public TruthScore truthScore(DepthMap prediction, DepthMap truth, Region region) {
    if (truth.kind() == DepthMap.Kind.METRES) {
      return metrics(prediction, truth, region).truthScore();
    }
    if (inDepth) {
      throw new MetricsException(
          "the protocol " + this + " needs ground truth in metres, not disparity: use " + MARIGOLD);
    }
    return disparityScore(Pairs.of(prediction.require(DepthMap.Kind.DISPARITY), truth, region));
  }

  /**
   * The same before means are taken, to be pooled over pictures, each aligned on its own.
   *
   * @param truth metres; NaN where there is none
   * @throws IllegalArgumentException as {@link #score}, or if the truth is not in metres
   * @throws MetricsException as {@link #score}
   */
  public DepthMetrics metrics(DepthMap prediction, DepthMap truth, Region region) {
    truth.require(DepthMap.Kind.METRES);
    if (!inDepth && prediction.kind() != DepthMap.Kind.DISPARITY) {
      throw new IllegalArgumentException(
          "the protocol "
              + this
              + " needs predictions of the kind DISPARITY, not "
              + prediction.kind()
              + ": use "
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
   * Where the error lies: |d - g| / g of each pixel that counts, and NaN elsewhere. Where the
   * ground truth is a disparity without unit it is |s p + t - g| over the mean of g.
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

  /** The depth in metres that is made of a predicted value. */
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
