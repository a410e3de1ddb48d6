package dev.deltadepth.eval.bench;

import dev.deltadepth.eval.Quantiles;
import java.util.Arrays;

/**
 * Latency in milliseconds.
 *
 * @param p50 median
 * @param p90 90th percentile
 */
public record Latency(double p50, double p90) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** The latency of runs, at least one, timed in nanoseconds. */
  static Latency of(long[] nanos) {
    double[] sorted = Arrays.stream(nanos).mapToDouble(n -> n / NANOS_PER_MILLI).sorted().toArray();
    return new Latency(Quantiles.of(sorted, 0.5), Quantiles.of(sorted, 0.9));
  }

  /**
   * Time relative to another's: the median of the quotients of runs in the same turn, which other
   * load on the machine affects equally.
   *
   * @param nanos times turn by turn
   * @param others times to compare with in the same turns
   */
  static double ratio(long[] nanos, long[] others) {
    if (nanos.length != others.length) {
      throw new IllegalArgumentException("a ratio needs times for the same turns");
    }
    double[] ratios = new double[nanos.length];
    Arrays.setAll(ratios, i -> nanos[i] / (double) others[i]);
    Arrays.sort(ratios);
    return Quantiles.of(ratios, 0.5);
  }
}
