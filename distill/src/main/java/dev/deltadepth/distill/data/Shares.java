package dev.deltadepth.distill.data;

import java.util.List;

/**
 * Deals out the crops of a run among several sources by their shares, spread as evenly as possible.
 * Which source a crop has depends only on its number.
 */
public final class Shares {

  /** After this many crops the pattern repeats; shares are rounded to this. */
  private static final int PERIOD = 1000;

  private final int[] source = new int[PERIOD];
  private final int[] earlier = new int[PERIOD];
  private final int[] dealt;

  /**
   * @param shares of the sources, each at least 0, of which the sum is 1
   */
  public Shares(List<Double> shares) {
    dealt = new int[shares.size()];
    for (int i = 0; i < PERIOD; i++) {
      int next = 0;
      for (int k = 1; k < dealt.length; k++) {
        double owed = shares.get(k) * (i + 1) - dealt[k];
        if (owed > shares.get(next) * (i + 1) - dealt[next]) {
          next = k;
        }
      }
      source[i] = next;
      earlier[i] = dealt[next]++;
    }
  }

  /** The source of a crop, counted from 0. */
  public int source(long crop) {
    return source[(int) (crop % PERIOD)];
  }

  /** How many crops before this one had the same source. */
  public long earlier(long crop) {
    return crop / PERIOD * dealt[source(crop)] + earlier[(int) (crop % PERIOD)];
  }
}
