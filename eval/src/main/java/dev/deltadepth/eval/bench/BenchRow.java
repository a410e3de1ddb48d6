package dev.deltadepth.eval.bench;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How fast a model is at one size and number of threads; times in milliseconds.
 *
 * @param model its name
 * @param width columns that the network sees
 * @param height rows that the network sees
 * @param threads threads inside one run
 * @param estimate a photo to its map: resize, inference, upsample
 * @param ratio the first model's estimate in this: the median of the quotients of paired runs
 * @param bare ONNX Runtime alone on the same input
 * @param bareRatio the same for it
 * @param overhead the estimate in runs of ONNX Runtime alone
 * @param stages every step by itself
 * @param whole a photo's file to a coloured map's file
 */
public record BenchRow(
    String model,
    int width,
    int height,
    int threads,
    Latency estimate,
    double ratio,
    Latency bare,
    double bareRatio,
    double overhead,
    Map<BenchStage, Latency> stages,
    Latency whole) {
  /** Copies the map. */
  public BenchRow {
    stages = Collections.unmodifiableMap(new EnumMap<>(stages));
  }

  /**
   * The figures of what was measured.
   *
   * @param first what was measured of the first model at the same size and threads
   */
  static BenchRow of(
      String model, int width, int height, int threads, BenchTimes times, BenchTimes first) {
    Map<BenchStage, Latency> stages = new EnumMap<>(BenchStage.class);
    for (BenchStage stage : BenchStage.values()) {
      stages.put(stage, times.of(stage));
    }
    return new BenchRow(
        model,
        width,
        height,
        threads,
        times.estimate(),
        times.ratioTo(first),
        times.bare(),
        times.bareRatioTo(first),
        times.overhead(),
        stages,
        times.whole());
  }
}
