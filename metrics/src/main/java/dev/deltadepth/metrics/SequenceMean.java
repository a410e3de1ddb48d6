package dev.deltadepth.metrics;

import dev.deltadepth.core.DepthMap;

/** The mean of what pairs of successive maps give. */
final class SequenceMean {
  private int pairs;
  private double sum;

  /**
   * Checks that a map continues a sequence.
   *
   * @throws IllegalArgumentException if size or kind differ
   */
  static void requireSuccessor(DepthMap before, DepthMap map) {
    map.require(before.kind());
    if (map.width() != before.width() || map.height() != before.height()) {
      throw new IllegalArgumentException("the frames of a sequence must have the same size");
    }
  }

  void add(double figure) {
    sum += figure;
    pairs++;
  }

  int pairs() {
    return pairs;
  }

  /** NaN without pairs. */
  double value() {
    return pairs == 0 ? Double.NaN : sum / pairs;
  }
}
