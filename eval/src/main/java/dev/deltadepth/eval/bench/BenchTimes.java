package dev.deltadepth.eval.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measured times of one model at one size and number of threads, turn by turn. */
final class BenchTimes {
  private final Map<BenchStage, List<Long>> stages = new EnumMap<>(BenchStage.class);
  private final List<Long> bare = new ArrayList<>();

  BenchTimes() {
    for (BenchStage stage : BenchStage.values()) {
      stages.put(stage, new ArrayList<>());
    }
  }

  /**
   * Adds a turn.
   *
   * @param nanos time of every stage
   * @param bareNanos time of ONNX Runtime alone
   */
  void add(Map<BenchStage, Long> nanos, long bareNanos) {
    stages.forEach((stage, times) -> times.add(nanos.getOrDefault(stage, 0L)));
    bare.add(bareNanos);
  }

  Latency of(BenchStage stage) {
    return Latency.of(sums(List.of(stage)));
  }

  /** Photo to map. */
  Latency estimate() {
    return Latency.of(sums(BenchStage.ESTIMATE));
  }

  /** Photo file to map file. */
  Latency whole() {
    return Latency.of(sums(stages.keySet()));
  }

  /** ONNX Runtime alone. */
  Latency bare() {
    return Latency.of(times(bare));
  }

  /** Time of an estimate relative to ONNX Runtime alone. */
  double overhead() {
    return Latency.ratio(sums(BenchStage.ESTIMATE), times(bare));
  }

  /** Time of an estimate relative to another model's. */
  double ratioTo(BenchTimes other) {
    return Latency.ratio(sums(BenchStage.ESTIMATE), other.sums(BenchStage.ESTIMATE));
  }

  /** Time of ONNX Runtime alone relative to another model's. */
  double bareRatioTo(BenchTimes other) {
    return Latency.ratio(times(bare), times(other.bare));
  }

  private long[] sums(Collection<BenchStage> wanted) {
    long[] sums = new long[bare.size()];
    for (BenchStage stage : wanted) {
      List<Long> times = stages.getOrDefault(stage, List.of());
      for (int i = 0; i < sums.length; i++) {
        sums[i] += times.get(i);
      }
    }
    return sums;
  }

  private static long[] times(List<Long> nanos) {
    return nanos.stream().mapToLong(Long::longValue).toArray();
  }
}
