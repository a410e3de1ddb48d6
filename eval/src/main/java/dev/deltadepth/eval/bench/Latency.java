package dev.deltadepth.eval.bench;

import dev.deltadepth.eval.Quantiles;
import java.util.Arrays;

/**
 * How long something takes, in milliseconds.
 *
 * @param p50 half of the runs take no longer
 * @param p90 nine of ten take no longer
 */
public record Latency(double p50, double p90) {
  private static final double NANOS_A_MILLI = 1e6;

  /** Of the times of some runs, at least one, in nanoseconds. */
  static Latency of(long[] nanos) {
    double[] sorted = Arrays.stream(nanos).mapToDouble(n -> n / NANOS_A_MILLI).sorted().toArray();
    return new Latency(Quantiles.of(sorted, 0.5), Quantiles.of(sorted, 0.9));
  }

  /**
   * How many times as long as another: the median of the quotients, each of two runs of one turn,
   * which what else the machine does hits alike.
   *
   * @param nanos times turn by turn
   * @param others those of the other in the same turns
   */
  static double ratio(long[] nanos, long[] others) {
    if (nanos.length != others.length) {
      throw new IllegalArgumentException("a ratio needs two runs of every turn");
    }
    double[] ratios = new double[nanos.length];
    Arrays.setAll(ratios, i -> nanos[i] / (double) others[i]);
    Arrays.sort(ratios);
    return Quantiles.of(ratios, 0.5);
  }
}
