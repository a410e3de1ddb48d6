package dev.deltadepth.distill.data;

import java.util.Random;

/**
 * A random order of 0 .. n - 1.
 *
 * @param seed it was made from
 * @param order the index at each place
 */
public record Permutation(long seed, int[] order) {

  /** The order that a seed gives (inside-out shuffle, Durstenfeld 1964). */
  public static Permutation of(long seed, int n) {
    int[] order = new int[n];
    Random random = new Random(seed);
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return new Permutation(seed, order);
  }
}
