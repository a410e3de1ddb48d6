package dev.deltadepth.eval.bench;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A model's times at one input size and number of threads, in milliseconds.
 *
 * @param model its name
 * @param width of the network's input
 * @param height of the network's input
 * @param threads per inference
 * @param estimate photo to map: resize, inference, upsample
 * @param ratio estimate relative to the first model's: median of the quotients of paired runs
 * @param bare ONNX Runtime alone on the same input
 * @param bareRatio the same ratio for ONNX Runtime alone
 * @param overhead estimate relative to ONNX Runtime alone
 * @param stages every step on its own
 * @param whole photo file to coloured map file
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
   * The figures of measured times.
   *
   * @param first times of the first model at the same size and number of threads
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
