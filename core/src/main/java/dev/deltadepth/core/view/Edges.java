package dev.deltadepth.core.view;

import java.util.Arrays;

/**
 * Makes steps of the ramps that a network's map has where depth jumps. Between the two sides of a
 * jump there is nothing in the world; a pixel on the ramp belongs to one of them.
 */
final class Edges {
  /** A ramp that spans less nearness than this is left alone. */
  private static final float LEAST = 0.06f;

  /** The least share of the rise in a window twice as wide that the ramp makes up. */
  private static final float SHARE = 0.65f;

  /** Ramps are at most as long as two values of a map of 256 values along its shorter side. */
  private static final int SHORTER = 256;

  /** Samples to each side of a pixel whose median is taken. */
  private static final int SAMPLES = 2;

  private Edges() {}

  /** Nearness that leaves a pixel's front for its neighbour's: more is a jump. */
  static float jump(int width) {
    return Math.max(0.03f, 30f / width);
  }

  /**
   * The steps, for what moves: narrow gaps in what is near are closed, and it is widened by the
   * blur of a photo's edges and the errors of a map, so that no seam of it stays behind. Ragged
   * edges, as maps have along hair and leaves, are smoothed: their tips would part from the rest
   * and fly.
   */
  static float[] moving(Nearness nearness) {
    return moving(nearness, shorter(nearness));
  }

  /**
   * The same for a strip of a picture.
   *
   * @param shorter the whole picture's shorter side
   */
  static float[] moving(Nearness strip, int shorter) {
    int width = strip.width();
    int height = strip.height();
    int radius = movingRadius(shorter);
    float[] steps = smoothed(steps(strip, shorter), width, height, radius);
    return smoothed(widened(steps, width, height, radius, radius), width, height, radius);
  }

  private static int movingRadius(int shorter) {
    return 1 + Math.round(shorter / 400f);
  }

  /** How many rows above and below a pixel decide on what moves there. */
  static int movingReach(int shorter) {
    return 2 * stepsRadius(shorter) + 5 * movingRadius(shorter);
  }

  private static int shorter(Nearness nearness) {
    return Math.min(nearness.width(), nearness.height());
  }

  /**
   * Nearness that parts two neighbours when a picture is drawn. Where they move apart by little
   * more than a pixel, stretching is better than a crack through which the background is seen.
   *
   * @param width of the photo
   * @param shift by how many pixels of the picture a nearness of 1 moves
   */
  static float cut(int width, float shift) {
    float crack = 1.5f / Math.max(1e-3f, Math.abs(shift));
    return Math.max(jump(width), Math.min(0.25f, crack));
  }

  /** The steps, for what stays: what is near is widened by the blur of a photo's edges. */
  static float[] staying(Nearness nearness) {
    return staying(nearness, shorter(nearness));
  }

  /**
   * The same for a strip of a picture.
   *
   * @param shorter the whole picture's shorter side
   */
  static float[] staying(Nearness strip, int shorter) {
    return widened(steps(strip, shorter), strip.width(), strip.height(), stayingRadius(shorter), 0);
  }

  private static int stayingRadius(int shorter) {
    return 1 + Math.round(shorter / 900f);
  }

  /** How many rows above and below a pixel decide on what stays there. */
  static int stayingReach(int shorter) {
    return 2 * stepsRadius(shorter) + stayingRadius(shorter);
  }

  private static float[] widened(float[] steps, int width, int height, int radius, int gaps) {
    return Bands.apply(
        steps,
        width,
        height,
        radius + 2 * gaps,
        (band, rows) -> widenedBand(band, width, rows, radius, gaps));
  }

  private static float[] widenedBand(float[] steps, int width, int height, int radius, int gaps) {
    float[] near = Extremes.highest(steps, width, height, radius + gaps);
    near = Extremes.lowest(near, width, height, gaps);
    float jump = jump(width);
    for (int i = 0; i < near.length; i++) {
      if (near[i] - steps[i] <= jump) {
        near[i] = steps[i];
      }
    }
    return near;
  }

  /** The median of the samples within a radius, where there is a jump among them. */
  private static float[] smoothed(float[] steps, int width, int height, int radius) {
    return Bands.apply(
        steps, width, height, radius, (band, rows) -> smoothedBand(band, width, rows, radius));
  }

  private static float[] smoothedBand(float[] steps, int width, int height, int radius) {
    float jump = jump(width);
    float[] low = Extremes.lowest(steps, width, height, radius);
    float[] high = Extremes.highest(steps, width, height, radius);
    float[] out = steps.clone();
    float[] around = new float[(2 * SAMPLES + 1) * (2 * SAMPLES + 1)];
    for (int i = 0; i < out.length; i++) {
      if (high[i] - low[i] > jump) {
        int x = i % width;
        int y = i / width;
        int count = 0;
        for (int j = -SAMPLES; j <= SAMPLES; j++) {
          int row = Math.max(0, Math.min(height - 1, y + j * radius / SAMPLES)) * width;
          for (int k = -SAMPLES; k <= SAMPLES; k++) {
            around[count++] =
                steps[row + Math.max(0, Math.min(width - 1, x + k * radius / SAMPLES))];
          }
        }
        Arrays.sort(around);
        out[i] = around[count / 2];
      }
    }
    return out;
  }

  /** Puts each pixel of a ramp on the side that it is closer to. */
  static float[] steps(Nearness nearness) {
    return steps(nearness, shorter(nearness));
  }

  private static int stepsRadius(int shorter) {
    return Math.max(1, Math.round(1.5f * shorter / SHORTER));
  }

  private static float[] steps(Nearness nearness, int shorter) {
    int width = nearness.width();
    int height = nearness.height();
    int radius = stepsRadius(shorter);
    return Bands.apply(
        nearness.data(),
        width,
        height,
        2 * radius,
        (band, rows) -> stepsBand(band, width, rows, radius));
  }

  private static float[] stepsBand(float[] values, int width, int height, int radius) {
    float[] low = Extremes.lowest(values, width, height, radius);
    float[] high = Extremes.highest(values, width, height, radius);
    float[] lower = Extremes.lowest(low, width, height, radius);
    float[] higher = Extremes.highest(high, width, height, radius);
    float[] steps = values.clone();
    for (int i = 0; i < steps.length; i++) {
      float rise = high[i] - low[i];
      if (rise > LEAST && rise > SHARE * (higher[i] - lower[i])) {
        steps[i] = values[i] - low[i] > high[i] - values[i] ? high[i] : low[i];
      }
    }
    return steps;
  }
}
