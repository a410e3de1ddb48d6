package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import java.util.Arrays;

/** The unit of a map without scale and shift (Ranftl et al., TPAMI 2022, equation 5). */
final class Spread {
  private Spread() {}

  /** The mean absolute deviation from the median; 0 for a constant map. */
  static double of(DepthMap map) {
    float[] sorted = map.data().clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + (double) sorted[half]) / 2;
    double sum = 0;
    for (float value : sorted) {
      sum += Math.abs(value - median);
    }
    return sum / sorted.length;
  }
}
