package dev.deltadepth.distill.loss;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The losses that recipes may name. Add new losses here. */
public final class Losses {

  private static final List<Loss> OF_MAPS =
      List.of(
          new Silog(0.5, true),
          new Silog(1, false),
          new SobelGradient(Padding.REPLICATE),
          new L1(),
          new L1Trimmed(),
          new Ssi(Deviation.MEAN),
          new SsiTrimmed(),
          new MultiScaleGradient(MultiScaleGradient.Scales.POOLED, true),
          new Ssim(Padding.ZERO),
          new WithoutLayout(),
          new RelativeDepth());

  private static final List<FeatureLoss> OF_FEATURES =
      List.of(new Features(false), new Features(true), new Attention(false), new Attention(true));

  private Losses() {}

  /** The losses on the map itself: Delta's own, then those provided as services. */
  public static List<Loss> ofMaps() {
    Stream<Loss> provided =
        ServiceLoader.load(Loss.class).stream().map(ServiceLoader.Provider::get);
    return Stream.concat(OF_MAPS.stream(), provided).toList();
  }

  /** The losses on intermediate maps. */
  public static List<FeatureLoss> ofFeatures() {
    return OF_FEATURES;
  }

  /** All names that a recipe may weight. */
  public static List<String> names() {
    return Stream.concat(
            ofMaps().stream().map(Loss::name), OF_FEATURES.stream().map(FeatureLoss::name))
        .toList();
  }
}
