package dev.deltadepth.eval;

/** The usual figures over pixels with a predicted and a true depth (Eigen et al., 2014). */
final class DepthMetrics {
  private static final double RATIO = 1.25;

  private long count;
  private double relative;
  private double squared;
  private long within;

  /** Takes one pixel in: its predicted and its true depth in metres, both above 0. */
  void add(double depth, double truth) {
    double error = depth - truth;
    count++;
    relative += Math.abs(error) / truth;
    squared += error * error;
    if (Math.max(depth / truth, truth / depth) < RATIO) {
      within++;
    }
  }

  /** The figures so far. */
  Score score() {
    return new Score(relative / count, (double) within / count, Math.sqrt(squared / count));
  }
}
