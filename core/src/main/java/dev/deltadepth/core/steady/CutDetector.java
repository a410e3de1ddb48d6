package dev.deltadepth.core.steady;

import java.util.Arrays;

/**
 * Finds where a new shot begins: little of the frame is found in the one before, what is found is
 * not much like it, its brightness is distributed otherwise, and its map is another one too. A
 * flash or a fade changes the brightness and leaves the rest; a quick turn of the camera leaves the
 * distribution.
 */
final class CutDetector {
  private static final double TRUSTED = 0.6;
  private static final double CORRELATION = 0.88;
  private static final double HISTOGRAM = 0.1;
  private static final double MAPS = 0.93;
  private static final int BINS = 32;
  private static final int SAMPLES = 4_000;

  private final int[] counts = new int[BINS];

  /**
   * Whether a frame begins a new shot.
   *
   * @param trusted the mean trust of its link to the frame before, 0..1
   * @param correlation of the brightness along that link
   */
  boolean cut(Moment now, Moment before, double trusted, double correlation) {
    return trusted < TRUSTED
        && correlation < CORRELATION
        && apart(now.picture.level(0), before.picture.level(0)) > HISTOGRAM
        && alike(now, before) < MAPS;
  }

  /** The share of pixels whose brightness has no counterpart, 0..1. */
  private double apart(float[] now, float[] before) {
    Arrays.fill(counts, 0);
    int step = Math.max(1, now.length / SAMPLES) | 1;
    int samples = 0;
    for (int i = 0; i < now.length; i += step) {
      counts[Math.min((int) (now[i] * BINS / 256), BINS - 1)]++;
      counts[Math.min((int) (before[i] * BINS / 256), BINS - 1)]--;
      samples++;
    }
    int apart = 0;
    for (int count : counts) {
      apart += Math.abs(count);
    }
    return apart / 2.0 / samples;
  }

  /** The correlation of the two maps, place by place; 0 where they have nothing to compare. */
  private static double alike(Moment now, Moment before) {
    int step = Math.max(1, now.values.length / SAMPLES) | 1;
    double count = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < now.values.length; i += step) {
      if (now.present[i] > 0 && before.present[i] > 0) {
        double a = now.values[i];
        double b = before.values[i];
        count++;
        x += a;
        y += b;
        xx += a * a;
        yy += b * b;
        xy += a * b;
      }
    }
    double spreads = (xx - x * x / count) * (yy - y * y / count);
    return spreads > 0 ? (xy - x * y / count) / Math.sqrt(spreads) : 0;
  }
}
