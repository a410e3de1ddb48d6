package dev.deltadepth.core.view;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;

/**
 * Fog that grows with distance: light from behind it is weakened exponentially, and the fog's own
 * is added (Koschmieder's law). As a relative map has no distances, the farthest is taken to be
 * eleven times as far as the nearest.
 *
 * @param strength how much of the farthest is covered, 0 to below 1
 * @param rgb the fog's colour, {@code 0xRRGGBB}
 */
public record Fog(double strength, int rgb) {
  private static final int CHANNELS = 3;

  /** Nearness that the farthest has beyond infinity. */
  private static final double BEYOND = 0.1;

  private static final int STEPS = 1024;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the strength is out of its range
   */
  public Fog {
    if (!(strength >= 0 && strength < 1)) {
      throw new IllegalArgumentException(
          "the strength of fog must be at least 0 and below 1, not " + strength);
    }
  }

  /** The share of the fog's colour at a nearness, 0..1. */
  public double cover(double nearness) {
    double farthest = distance(0);
    return 1 - Math.pow(1 - strength, distance(nearness) / farthest);
  }

  /** Beyond the nearest, in multiples of its own distance. */
  private static double distance(double nearness) {
    return (1 + BEYOND) / (nearness + BEYOND) - 1;
  }

  /**
   * A photo in fog.
   *
   * @param map of the photo's size and any kind
   * @throws IllegalArgumentException if the sizes differ
   */
  public RgbImage apply(RgbImage photo, DepthMap map) {
    LayeredPhoto.requireSameSize(photo, map);
    float[] covers = new float[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      covers[i] = (float) cover(i / (double) STEPS);
    }
    float[] nearness = Nearness.of(map).data();
    float[] levels = LinearLight.levels();
    byte[] out = photo.data().clone();
    for (int i = 0; i < nearness.length; i++) {
      float cover = covers[Math.round(nearness[i] * STEPS)];
      for (int c = 0; c < CHANNELS; c++) {
        float fog = levels[rgb >> (8 * (2 - c)) & 0xff];
        float light = levels[out[CHANNELS * i + c] & 0xff];
        out[CHANNELS * i + c] = LinearLight.encode(light + cover * (fog - light));
      }
    }
    return new RgbImage(photo.width(), photo.height(), out);
  }
}
