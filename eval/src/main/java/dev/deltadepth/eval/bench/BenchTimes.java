package dev.deltadepth.eval.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was measured of one model at one size and number of threads, turn by turn. */
final class BenchTimes {
  private final Map<BenchStage, List<Long>> stages = new EnumMap<>(BenchStage.class);
  private final List<Long> bare = new ArrayList<>();

  BenchTimes() {
    for (BenchStage stage : BenchStage.values()) {
      stages.put(stage, new ArrayList<>());
    }
  }

  /**
   * Takes in a turn.
   *
   * @param nanos of every stage
   * @param bareNanos of ONNX Runtime alone
   */
  void add(Map<BenchStage, Long> nanos, long bareNanos) {
    stages.forEach((stage, times) -> times.add(nanos.getOrDefault(stage, 0L)));
    bare.add(bareNanos);
  }

  Latency of(BenchStage stage) {
    return Latency.of(sums(List.of(stage)));
  }

  /** Of a photo to its map. */
  Latency estimate() {
    return Latency.of(sums(BenchStage.ESTIMATE));
  }

  /** Of a photo's file to a map's file. */
  Latency whole() {
    return Latency.of(sums(stages.keySet()));
  }

  /** Of ONNX Runtime alone. */
  Latency bare() {
    return Latency.of(times(bare));
  }

  /** How many times as long an estimate takes as ONNX Runtime alone. */
  double overhead() {
    return Latency.ratio(sums(BenchStage.ESTIMATE), times(bare));
  }

  /** How many times as long as another model's an estimate takes. */
  double ratioTo(BenchTimes other) {
    return Latency.ratio(sums(BenchStage.ESTIMATE), other.sums(BenchStage.ESTIMATE));
  }

  /** The ratio of ONNX Runtime alone to another model's. */
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
