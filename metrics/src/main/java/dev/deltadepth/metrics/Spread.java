package dev.deltadepth.metrics;

import dev.deltadepth.core.DepthMap;
import java.util.Arrays;

/** The spread of a map, the unit for relative maps (Ranftl et al., TPAMI 2022, equation 5). */
public final class Spread {
  private Spread() {}

  /** The mean absolute deviation from the median, ignoring NaN; 0 if constant. */
  public static double of(DepthMap map) {
    float[] sorted = map.data().clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    while (count > 0 && Float.isNaN(sorted[count - 1])) {
      count--; // NaN sorts last.
    }
    if (count == 0) {
      return 0;
    }
    int half = count / 2;
    double median = count % 2 == 1 ? sorted[half] : (sorted[half - 1] + (double) sorted[half]) / 2;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.abs(sorted[i] - median);
    }
    return sum / count;
  }
}
