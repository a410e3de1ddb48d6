package dev.deltadepth.metrics;

/**
 * The usual figures over pixels with a predicted and a true depth (Eigen et al., NIPS 2014), as
 * sums that grow pixel by pixel and picture by picture. With one of it a picture and {@link
 * Score#mean} figures are averaged over pictures, the usual way; with one for all they are pooled
 * over pixels.
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

  /** The sums whose figures these are, without the error by distance. */
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

  /** Takes one pixel in: its predicted and its true depth in metres, both above 0. */
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

  /** Takes in all pixels of other sums. */
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

  /** How many pixels were taken in. */
  public long count() {
    return count;
  }

  /** The figures so far; NaN before the first pixel. */
  public Score score() {
    double n = count;
    double meanLog = logs / n;
    // A variance; rounding may bring it below 0, never a NaN out of it.
    double spread = squaredLogs / n - meanLog * meanLog;
    return new Score(
        relative / n,
        squaredRelative / n,
        Math.sqrt(squared / n),
        Math.sqrt(squaredLogs / n),
        absoluteLogs / n / Math.log(10),
        100 * Math.sqrt(Math.max(spread, 0)),
        within[0] / n,
        within[1] / n,
        within[2] / n);
  }

  /** The figures with what it takes to pool them. */
  public TruthScore truthScore() {
    return new TruthScore(score(), count, logs / count, distances);
  }
}
