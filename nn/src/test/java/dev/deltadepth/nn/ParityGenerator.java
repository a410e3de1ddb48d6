package dev.deltadepth.nn;

import java.nio.charset.StandardCharsets;

/**
 * The numbers of the parity fixtures: a name and an index give a value, in any language. SplitMix64
 * over a seed that is the FNV-1a hash of the name; the formula is that of the fixtures' README.
 */
public final class ParityGenerator {

  private ParityGenerator() {}

  /** The 64-bit FNV-1a hash of the name's UTF-8 bytes, from which its sequence starts. */
  public static long seed(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The scrambled 64 bits at an index, from which the number there is made. */
  static long bits(long seed, long index) {
    long z = seed + (index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The first {@code count} numbers of a name, in [-1, 1), not yet rounded to float32. */
  public static double[] uniform(String name, int count) {
    long seed = seed(name);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (bits(seed, i) >>> 11) * 0x1p-53 * 2 - 1;
    }
    return numbers;
  }

  /** {@code offset + scale * u} in double, rounded once to float32. */
  public static float[] values(String name, double offset, double scale, int count) {
    double[] numbers = uniform(name, count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (offset + scale * numbers[i]);
    }
    return values;
  }
}
