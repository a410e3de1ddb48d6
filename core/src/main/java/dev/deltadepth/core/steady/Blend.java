package dev.deltadepth.core.steady;

import dev.deltadepth.core.WindowMeans;

/**
 * Averages a map with what was carried to it from another frame. Every map counts as one, and the
 * further away it is, the less. What differs much from everything around its place in the new map
 * belongs to something else and is given up: it would be the ghost of what moved away.
 */
final class Blend {
  /** What is left of a map's worth with each frame. */
  private static final float MEMORY = 0.85f;

  /** How far a value may be outside its new surroundings, in units of the noise. */
  private static final double ROOM = 14;

  /** Of the squares over which misfits are averaged. */
  private static final int RADIUS = 2;

  /** How far beyond that room, in units of it, everything is as bad. */
  private static final float MOST = 3;

  /** A misfit is at most a share of this, also where there is no noise. */
  private static final float SMALLEST = 1e-20f;

  /** Makes 1 of any worth above 0. */
  private static final float LARGE = 1e30f;

  private final int width;
  private final int height;
  private final float[] held;

  /** The lowest and highest values of rows: of the last three, of their columns, of squares. */
  private final float[][] lows;

  private final float[][] highs;
  private final float[] low;
  private final float[] high;
  private final float[] left;
  private final float[] right;
  private final WindowMeans misfits;

  /** Rows of the values, of what was carried, of its worth, of the misfit, and of the results. */
  private final float[] values;

  private final float[] past;
  private final float[] pastWorth;
  private final float[] misfit;
  private final float[] there;

  Blend(int width, int height) {
    this.width = width;
    this.height = height;
    held = new float[width * height];
    lows = new float[3][width];
    highs = new float[3][width];
    low = new float[width];
    high = new float[width];
    left = new float[width];
    right = new float[width];
    misfits = new WindowMeans(1, width, height, RADIUS);
    values = new float[width];
    past = new float[width];
    pastWorth = new float[width];
    misfit = new float[width];
    there = new float[width];
  }

  /**
   * Averages.
   *
   * @param now has the map
   * @param carried what was carried to it
   * @param carriedWorth how many maps that is worth; where it is 0, the new map counts alone
   * @param noise how much the values of still things differ from frame to frame
   * @param average gets the averages; may be {@code now}'s
   * @param worth gets how many maps they are worth
   */
  void blend(
      Moment now,
      float[] carried,
      float[] carriedWorth,
      double noise,
      float[] average,
      float[] worth) {
    float room = (float) (ROOM * noise);
    extremes(now, 0);
    for (int y = 0; y < height + RADIUS; y++) {
      if (y < height) {
        if (y + 1 < height) {
          extremes(now, y + 1);
        }
        surroundings(y);
        System.arraycopy(carried, y * width, past, 0, width);
        System.arraycopy(carriedWorth, y * width, pastWorth, 0, width);
        hold(room);
        beyond(1 / Math.max(room, SMALLEST), misfits.row(0, y));
        System.arraycopy(values, 0, held, y * width, width);
      }
      int done = y - RADIUS;
      if (done >= 0) {
        misfits.mean(0, done, misfit);
        System.arraycopy(now.values, done * width, values, 0, width);
        System.arraycopy(held, done * width, past, 0, width);
        System.arraycopy(carriedWorth, done * width, pastWorth, 0, width);
        System.arraycopy(now.present, done * width, there, 0, width);
        join();
        System.arraycopy(values, 0, average, done * width, width);
        System.arraycopy(pastWorth, 0, worth, done * width, width);
      }
    }
  }

  /** The values of a row as lowest and highest ones; where there is none, they do not count. */
  private void extremes(Moment now, int y) {
    float[] lowest = lows[y % lows.length];
    float[] highest = highs[y % highs.length];
    System.arraycopy(now.values, y * width, lowest, 0, width);
    System.arraycopy(now.values, y * width, highest, 0, width);
    for (int x = 0, i = y * width; x < width; x++, i++) {
      if (now.present[i] == 0) {
        lowest[x] = Float.MAX_VALUE;
        highest[x] = -Float.MAX_VALUE;
      }
    }
  }

  /** The lowest and highest of the nine values around each of a row. */
  private void surroundings(int y) {
    int above = Math.max(y - 1, 0) % lows.length;
    int here = y % lows.length;
    int below = Math.min(y + 1, height - 1) % lows.length;
    lowest(lows[above], lows[here], lows[below], low);
    shift(low);
    lowest(left, low, right, low);
    highest(highs[above], highs[here], highs[below], high);
    shift(high);
    highest(left, high, right, high);
  }

  /** The neighbours to the left and to the right; those at the border are their own. */
  private void shift(float[] row) {
    System.arraycopy(row, 0, left, 1, width - 1);
    left[0] = row[0];
    System.arraycopy(row, 1, right, 0, width - 1);
    right[width - 1] = row[width - 1];
  }

  // Loops as the JIT vectorises them: no array is read at two places, and none at an offset.

  private static void lowest(float[] a, float[] b, float[] c, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = Math.min(Math.min(a[x], b[x]), c[x]);
    }
  }

  private static void highest(float[] a, float[] b, float[] c, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = Math.max(Math.max(a[x], b[x]), c[x]);
    }
  }

  /** Puts what was carried into the room around the surroundings. */
  private void hold(float room) {
    for (int x = 0; x < values.length; x++) {
      values[x] = Math.max(low[x] - room, Math.min(high[x] + room, past[x]));
    }
  }

  /** How far it had to be moved, in rooms; nothing where nothing was carried. */
  private void beyond(float perRoom, float[] out) {
    for (int x = 0; x < out.length; x++) {
      float away = Math.min(Math.abs(past[x] - values[x]) * perRoom, MOST);
      out[x] = away * Math.min(pastWorth[x] * LARGE, 1);
    }
  }

  /** Averages a row: the values become averages, and the past's worth becomes theirs. */
  private void join() {
    for (int x = 0; x < values.length; x++) {
      float ratio = 1 + misfit[x] * misfit[x];
      float counts = MEMORY * pastWorth[x] / (ratio * ratio);
      values[x] += (past[x] - values[x]) * counts / (1 + counts);
      pastWorth[x] = there[x] * (1 + counts);
    }
  }
}
