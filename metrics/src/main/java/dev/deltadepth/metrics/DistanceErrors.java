package dev.deltadepth.metrics;

import java.util.Arrays;

/**
 * Relative error by true distance: sums over pixels in bins of half an octave, from 0.25 m to 128
 * m; the first and last bin include everything nearer and farther.
 *
 * @param pixels number of pixels per bin
 * @param errors sum of |d - g| / g per bin
 */
public record DistanceErrors(long[] pixels, double[] errors) {
  private static final int FIRST_HALF_OCTAVE = -4;
  private static final int BINS = 18;
  private static final double HALF_OCTAVE = Math.log(2) / 2;

  /** Errors without any pixels. */
  public static DistanceErrors empty() {
    return new DistanceErrors(new long[BINS], new double[BINS]);
  }

  /** Number of bins. */
  public static int bins() {
    return BINS;
  }

  /** The distance in metres at which a bin starts. */
  public static double start(int bin) {
    return Math.exp((FIRST_HALF_OCTAVE + bin) * HALF_OCTAVE);
  }

  /**
   * Adds a pixel with the natural logarithm of its true distance in metres and its relative error.
   */
  public void add(double logTruth, double error) {
    int bin = (int) Math.floor(logTruth / HALF_OCTAVE) - FIRST_HALF_OCTAVE;
    int within = Math.max(0, Math.min(BINS - 1, bin));
    pixels[within]++;
    errors[within] += error;
  }

  public void add(DistanceErrors other) {
    for (int i = 0; i < BINS; i++) {
      pixels[i] += other.pixels[i];
      errors[i] += other.errors[i];
    }
  }

  /** The mean relative error of a bin; NaN if it is empty. */
  public double mean(int bin) {
    return errors[bin] / pixels[bin];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DistanceErrors that
        && Arrays.equals(pixels, that.pixels)
        && Arrays.equals(errors, that.errors);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(pixels) + Arrays.hashCode(errors);
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "DistanceErrors[" + Arrays.stream(pixels).sum() + " pixels]";
  }
}
