package dev.deltadepth.quantize;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.runtime.OnnxModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** How the range of an activation is determined from its values on photos. */
public enum Calibration {
  /** From the smallest to the largest value. */
  MINMAX,
  /** The same without the outermost 0.01 %. */
  PERCENTILE,
  /** The range whose 256 levels have the smallest mean squared error. */
  MSE;

  /** Share of the values inside a {@link #PERCENTILE} range. */
  private static final double SHARE = 0.9999;

  /** Activations read per run: all of them have to fit in memory at once. */
  private static final int AT_ONCE = 24;

  /**
   * The ranges of activations inside a model on photos.
   *
   * @param photos at a size that the model supports
   * @param runDone called after each run on a photo, {@link #passes} times per photo
   */
  Map<String, Range> ranges(
      ModelSource source, Set<String> values, List<RgbImage> photos, Runnable runDone) {
    Map<String, Range> ranges = new HashMap<>();
    List<String> all = List.copyOf(values);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<String> names = all.subList(from, Math.min(from + AT_ONCE, all.size()));
      try (OnnxModel model = OnnxModel.open(source, EstimatorOptions.defaults(), names)) {
        ranges.putAll(ranges(new Probe(model, Set.copyOf(names), photos, runDone)));
      }
    }
    return ranges;
  }

  /** Number of runs of {@link #ranges} on every photo. */
  int passes(int values) {
    int groups = (values + AT_ONCE - 1) / AT_ONCE;
    return this == MINMAX ? groups : 2 * groups;
  }

  private Map<String, Range> ranges(Probe probe) {
    Map<String, Range> whole = new HashMap<>();
    probe.visit((name, values) -> whole.merge(name, of(values), Calibration::join));
    if (this == MINMAX) {
      return whole;
    }
    Map<String, Histogram> histograms = new HashMap<>();
    probe.visit(
        (name, values) ->
            histograms
                .computeIfAbsent(name, n -> new Histogram(whole.getOrDefault(n, Range.of(0, 1))))
                .add(values));
    Map<String, Range> ranges = new HashMap<>();
    histograms.forEach((name, histogram) -> ranges.put(name, best(histogram)));
    return ranges;
  }

  private Range best(Histogram histogram) {
    return this == MSE ? histogram.leastSquares() : histogram.percentile(SHARE);
  }

  /** A model and the names of activations to read on every photo. */
  private record Probe(
      OnnxModel model, Set<String> names, List<RgbImage> photos, Runnable runDone) {
    void visit(BiConsumer<String, float[]> visitor) {
      for (RgbImage photo : photos) {
        model.values(photo, names).forEach(visitor);
        runDone.run();
      }
    }
  }

  private static Range of(float[] values) {
    float low = 0;
    float high = 0;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new QuantizeException(
            "cannot quantize the model: it produces non-finite values on a photo");
      }
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return Range.of(low, high);
  }

  private static Range join(Range a, Range b) {
    return Range.of(Math.min(a.low(), b.low()), Math.max(a.high(), b.high()));
  }
}
