package dev.deltadepth.distill.data;

import java.util.Random;

/** A random order of 0 .. n - 1. */
public final class Permutation {

  private final long seed;
  private final int[] order;

  private Permutation(long seed, int[] order) {
    this.seed = seed;
    this.order = order;
  }

  /** The permutation for a seed (inside-out shuffle, Durstenfeld 1964). */
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

  /** What it was made from. */
  public long seed() {
    return seed;
  }

  /** The index at a place, both 0 .. n - 1. */
  public int at(int place) {
    return order[place];
  }
}
