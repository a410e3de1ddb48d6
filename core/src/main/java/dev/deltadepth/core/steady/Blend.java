package dev.deltadepth.core.steady;

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

  /** How far beyond that room, in units of it, everything is as bad. */
  private static final float MOST = 3;

  private final int width;
  private final int height;
  private final float[] lowest;
  private final float[] highest;
  private final float[] held;
  private final float[] misfit;
  private final BoxMean mean;

  Blend(int width, int height) {
    this.width = width;
    this.height = height;
    lowest = new float[width];
    highest = new float[width];
    held = new float[width * height];
    misfit = new float[width * height];
    mean = new BoxMean(width, height, 2);
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
    float[] values = now.values;
    for (int y = 0; y < height; y++) {
      surroundings(now, y);
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        held[i] = values[i];
        misfit[i] = 0;
        if (carriedWorth[i] > 0) {
          int left = Math.max(x - 1, 0);
          int right = Math.min(x + 1, width - 1);
          float low = Math.min(lowest[x], Math.min(lowest[left], lowest[right])) - room;
          float high = Math.max(highest[x], Math.max(highest[left], highest[right])) + room;
          held[i] = Math.max(low, Math.min(high, carried[i]));
          float beyond = Math.abs(carried[i] - held[i]);
          misfit[i] = beyond > 0 ? Math.min(beyond / room, MOST) : 0;
        }
      }
    }
    mean.over(misfit);
    for (int i = 0; i < values.length; i++) {
      float ratio = 1 + misfit[i] * misfit[i];
      float past = MEMORY * carriedWorth[i] / (ratio * ratio);
      average[i] = values[i] + (held[i] - values[i]) * past / (1 + past);
      worth[i] = now.present[i] == 0 ? 0 : 1 + past;
    }
  }

  /** The lowest and highest values of each column in a row and its two neighbours. */
  private void surroundings(Moment now, int y) {
    int from = Math.max(y - 1, 0);
    int to = Math.min(y + 1, height - 1);
    for (int x = 0; x < width; x++) {
      float low = Float.POSITIVE_INFINITY;
      float high = Float.NEGATIVE_INFINITY;
      for (int i = from * width + x; i <= to * width + x; i += width) {
        if (now.present[i] != 0) {
          low = Math.min(low, now.values[i]);
          high = Math.max(high, now.values[i]);
        }
      }
      lowest[x] = low;
      highest[x] = high;
    }
  }
}
