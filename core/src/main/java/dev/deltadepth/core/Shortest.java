package dev.deltadepth.core;

/**
 * The least of several arrays' lengths, for loops over all of them: with the bounds known before
 * the loop, the JIT still vectorises it, and a browser's engine looks the arrays up once and not at
 * every value.
 */
final class Shortest {

  private Shortest() {}

  static int of(int a, int b, int c) {
    return Math.min(a, Math.min(b, c));
  }

  static int of(int a, int b, int c, int d) {
    return Math.min(Math.min(a, b), Math.min(c, d));
  }
}
