package dev.deltadepth.metrics;

import dev.deltadepth.core.DepthMap;

/**
 * Agreement of the depth edges of two maps of one image, independent of scale and shift: precision
 * and recall as in Hu et al. (WACV 2019).
 *
 * <p>A pixel is an edge if its Sobel gradient exceeds a threshold. Because maps are relative,
 * gradients are measured in spreads per pixel, where the spread is the map's mean absolute
 * deviation from its median (Ranftl et al., TPAMI 2022, equation 5); the thresholds are 0.05, 0.1
 * and 0.2. An edge is matched if the other map has one at the same pixel or one of its eight
 * neighbours. Border pixels are ignored, and so are pixels without a value in either map and their
 * neighbours. The figures are means over the thresholds at which either map has edges.
 *
 * @param precision share of the map's edges that the reference has, 0..1
 * @param recall share of the reference's edges that the map has, 0..1
 * @param f1 harmonic mean of the two, computed at each threshold, 0..1
 */
public record EdgeAgreement(double precision, double recall, double f1) {
  private static final double[] THRESHOLDS = {0.05, 0.1, 0.2};

  /**
   * The agreement of a map with a reference; 1 if neither has edges.
   *
   * @throws IllegalArgumentException if kinds or sizes differ
   */
  public static EdgeAgreement of(DepthMap map, DepthMap reference) {
    reference.require(map.kind());
    if (map.width() != reference.width() || map.height() != reference.height()) {
      throw new IllegalArgumentException("cannot compare maps of different sizes");
    }
    double[] slopes = slopes(masked(map, reference));
    double[] expected = slopes(masked(reference, map));
    int used = 0;
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    for (double threshold : THRESHOLDS) {
      boolean[] edges = above(slopes, threshold);
      boolean[] targets = above(expected, threshold);
      int found = count(edges);
      int wanted = count(targets);
      if (found + wanted == 0) {
        continue;
      }
      double p = found == 0 ? 0 : near(edges, targets, map.width()) / (double) found;
      double r = wanted == 0 ? 0 : near(targets, edges, map.width()) / (double) wanted;
      precision += p;
      recall += r;
      f1 += p + r == 0 ? 0 : 2 * p * r / (p + r);
      used++;
    }
    return used == 0
        ? new EdgeAgreement(1, 1, 1)
        : new EdgeAgreement(precision / used, recall / used, f1 / used);
  }

  /** The map where the other one has values; NaN elsewhere, which is never an edge. */
  private static DepthMap masked(DepthMap map, DepthMap other) {
    float[] values = map.data().clone();
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(other.data()[i])) {
        values[i] = Float.NaN;
      }
    }
    return new DepthMap(map.kind(), map.width(), map.height(), values);
  }

  /** Gradient magnitudes in spreads per pixel; 0 at the border, and everywhere without spread. */
  private static double[] slopes(DepthMap map) {
    double[] slopes = new double[map.data().length];
    double spread = Spread.of(map);
    if (spread == 0) {
      return slopes;
    }
    for (int y = 1; y < map.height() - 1; y++) {
      for (int x = 1; x < map.width() - 1; x++) {
        double across = column(map, x + 1, y) - column(map, x - 1, y);
        double down = row(map, x, y + 1) - row(map, x, y - 1);
        // A Sobel kernel adds up four differences over two pixels each.
        slopes[y * map.width() + x] = Math.hypot(across, down) / 8 / spread;
      }
    }
    return slopes;
  }

  private static double column(DepthMap map, int x, int y) {
    return map.value(x, y - 1) + 2.0 * map.value(x, y) + map.value(x, y + 1);
  }

  private static double row(DepthMap map, int x, int y) {
    return map.value(x - 1, y) + 2.0 * map.value(x, y) + map.value(x + 1, y);
  }

  private static boolean[] above(double[] slopes, double threshold) {
    boolean[] edges = new boolean[slopes.length];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = slopes[i] > threshold;
    }
    return edges;
  }

  private static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }

  /** Number of edges that have one of the others within a pixel; the border has none. */
  private static int near(boolean[] edges, boolean[] others, int width) {
    int count = 0;
    for (int i = 0; i < edges.length; i++) {
      if (edges[i] && (row(others, i - width) || row(others, i) || row(others, i + width))) {
        count++;
      }
    }
    return count;
  }

  private static boolean row(boolean[] flags, int middle) {
    return flags[middle - 1] || flags[middle] || flags[middle + 1];
  }
}
