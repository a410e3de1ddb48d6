package dev.deltadepth.metrics;

/**
 * Accumulates the usual depth metrics over pixels with a predicted and a true depth (Eigen et al.,
 * NIPS 2014). Use one instance per image and {@link Score#mean} to average over images, as is
 * usual, or one instance for all images to pool their pixels.
 */
public final class DepthMetrics {
  private static final double RATIO = 1.25;

  private long count;
  private double relative;
  private double squaredRelative;
  private double squared;
  private double logs;
  private double squaredLogs;
  private double absoluteLogs;
  private final long[] within = new long[3];
  private final DistanceErrors distances = DistanceErrors.empty();

  /** Reconstructs the sums behind a score, without the errors by distance. */
  public static DepthMetrics of(TruthScore truth) {
    Score score = truth.score();
    double n = truth.pixels();
    DepthMetrics sums = new DepthMetrics();
    sums.count = truth.pixels();
    sums.relative = n * score.absRel();
    sums.squaredRelative = n * score.sqRel();
    sums.squared = n * score.rmse() * score.rmse();
    sums.logs = n * truth.meanLog();
    sums.squaredLogs = n * score.rmseLog() * score.rmseLog();
    sums.absoluteLogs = n * score.log10() * Math.log(10);
    sums.within[0] = Math.round(n * score.delta1());
    sums.within[1] = Math.round(n * score.delta2());
    sums.within[2] = Math.round(n * score.delta3());
    return sums;
  }

  /** Adds a pixel with its predicted and true depth in metres, both above 0. */
  public void add(double depth, double truth) {
    double error = depth - truth;
    double logTruth = Math.log(truth);
    double log = Math.log(depth) - logTruth;
    distances.add(logTruth, Math.abs(error) / truth);
    count++;
    relative += Math.abs(error) / truth;
    squaredRelative += error * error / truth;
    squared += error * error;
    logs += log;
    squaredLogs += log * log;
    absoluteLogs += Math.abs(log);
    double ratio = Math.max(depth / truth, truth / depth);
    double bound = RATIO;
    for (int i = 0; i < within.length; i++) {
      if (ratio < bound) {
        within[i]++;
      }
      bound *= RATIO;
    }
  }

  /** Adds all pixels of other metrics. */
  public void add(DepthMetrics other) {
    count += other.count;
    relative += other.relative;
    squaredRelative += other.squaredRelative;
    squared += other.squared;
    logs += other.logs;
    squaredLogs += other.squaredLogs;
    absoluteLogs += other.absoluteLogs;
    for (int i = 0; i < within.length; i++) {
      within[i] += other.within[i];
    }
    distances.add(other.distances);
  }

  /** Number of pixels. */
  public long count() {
    return count;
  }

  /** The figures so far; NaN before the first pixel. */
  public Score score() {
    double n = count;
    double meanLog = logs / n;
    // Rounding may make it negative, which must not give NaN.
    double variance = squaredLogs / n - meanLog * meanLog;
    return new Score(
        relative / n,
        squaredRelative / n,
        Math.sqrt(squared / n),
        Math.sqrt(squaredLogs / n),
        absoluteLogs / n / Math.log(10),
        100 * Math.sqrt(Math.max(variance, 0)),
        within[0] / n,
        within[1] / n,
        within[2] / n);
  }

  /** The figures with everything needed to pool them. */
  public TruthScore truthScore() {
    return new TruthScore(score(), count, logs / count, distances);
  }
}
