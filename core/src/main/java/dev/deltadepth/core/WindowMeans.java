package dev.deltadepth.core;

/**
 * Means over the square window around each value, as much of it as is inside, of one or several
 * quantities of the same size. Rows go in from the first to the last; only as many as a window is
 * high are kept, so that they stay in a processor's cache. Values must be finite, and none so large
 * that the others are lost beside it: along a row sums are running ones.
 *
 * <pre>{@code
 * for (int y = 0; y < height + radius; y++) {
 *   if (y < height) fill(means.row(0, y));
 *   if (y >= radius) means.mean(0, y - radius, out);
 * }
 * }</pre>
 */
public final class WindowMeans {
  private final int width;
  private final int height;
  private final int radius;
  private final int span;
  private final float[][][] rows;
  private final float[] nothing;
  private final float[] sums;

  /** The sums, with zeros for what is outside and for what is left before the first. */
  private final float[] padded;

  /** One divided by the number of columns in the window of each. */
  private final float[] shares;

  /**
   * Prepares.
   *
   * @param quantities that go through together
   * @param width values in a row, at least 1
   * @param height rows, at least 1
   * @param radius of the windows, at least 1: they are {@code 2 radius + 1} wide
   */
  public WindowMeans(int quantities, int width, int height, int radius) {
    this.width = width;
    this.height = height;
    this.radius = radius;
    this.span = 2 * radius + 1;
    this.rows = new float[quantities][span][width];
    this.nothing = new float[width];
    this.sums = new float[width];
    this.padded = new float[width + span];
    this.shares = new float[width];
    for (int x = 0; x < width; x++) {
      shares[x] = 1f / (Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1);
    }
  }

  /**
   * A row of a quantity, to be filled. The row that was {@code 2 radius + 1} above it is lost.
   *
   * @return {@code width} values
   */
  public float[] row(int quantity, int y) {
    return rows[quantity][y % span];
  }

  private float[] inside(int quantity, int y) {
    return y < 0 || y >= height ? nothing : rows[quantity][y % span];
  }

  /**
   * The means of a row, when the rows up to {@code y + radius} are filled.
   *
   * @param out gets {@code width} means
   */
  public void mean(int quantity, int y, float[] out) {
    sum(inside(quantity, y - 1), inside(quantity, y), inside(quantity, y + 1), sums);
    int k = 2;
    for (; k < radius; k += 2) {
      add(
          inside(quantity, y - k - 1),
          inside(quantity, y - k),
          inside(quantity, y + k),
          inside(quantity, y + k + 1),
          sums);
    }
    if (k == radius) {
      add(inside(quantity, y - k), inside(quantity, y + k), sums);
    }
    System.arraycopy(sums, 0, padded, radius + 1, width);
    int high = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    across(padded, span, shares, 1f / high, out);
  }

  /** Puts the means of the first quantity in place of its {@code height * width} values. */
  public void over(float[] values) {
    float[] mean = new float[width];
    for (int y = 0; y < height + radius; y++) {
      if (y < height) {
        System.arraycopy(values, y * width, row(0, y), 0, width);
      }
      if (y >= radius) {
        mean(0, y - radius, mean);
        System.arraycopy(mean, 0, values, (y - radius) * width, width);
      }
    }
  }

  // Loops as the JIT vectorises them: no array is read at two places, and none at an offset.

  private static void sum(float[] a, float[] b, float[] c, float[] out) {
    int values = Shortest.of(a.length, b.length, c.length, out.length);
    for (int x = 0; x < values; x++) {
      out[x] = a[x] + b[x] + c[x];
    }
  }

  private static void add(float[] a, float[] b, float[] out) {
    int values = Shortest.of(a.length, b.length, out.length);
    for (int x = 0; x < values; x++) {
      out[x] += a[x] + b[x];
    }
  }

  private static void add(float[] a, float[] b, float[] c, float[] d, float[] out) {
    int values = Math.min(Shortest.of(a.length, b.length, c.length, d.length), out.length);
    for (int x = 0; x < values; x++) {
      out[x] += a[x] + b[x] + (c[x] + d[x]);
    }
  }

  /** A running sum: as fast as several vectorised loops on the JVM, and faster in a browser. */
  private static void across(float[] padded, int span, float[] shares, float share, float[] out) {
    int values = Shortest.of(padded.length - span, shares.length, out.length);
    float sum = 0;
    for (int x = 0; x < span; x++) {
      sum += padded[x];
    }
    for (int x = 0; x < values; x++) {
      sum += padded[x + span] - padded[x];
      out[x] = sum * (shares[x] * share);
    }
  }
}
