package dev.deltadepth.core.view;

import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;

/**
 * Draws photos on the front half of a sphere, as headsets show them: 180 by 180 degrees in a square
 * (the middle half of an equirectangular panorama), black where the photo does not reach.
 */
public final class HalfSphere {
  private static final int CHANNELS = 3;

  private final double tangent;

  /**
   * @param fieldOfView the angle that a photo's longer side spans, in degrees, above 0 and below
   *     180; phones have about 65
   * @throws IllegalArgumentException if it is out of its range
   */
  public HalfSphere(double fieldOfView) {
    if (!(fieldOfView > 0 && fieldOfView < 180)) {
      throw new IllegalArgumentException(
          "the field of view must be between 0 and 180 degrees, not " + fieldOfView);
    }
    tangent = Math.tan(Math.toRadians(fieldOfView) / 2);
  }

  /** The side at which the sphere is as fine as the photo in its middle, in pixels; even. */
  public int side(RgbImage photo) {
    double focal = Math.max(photo.width(), photo.height()) / 2.0 / tangent;
    return Math.max(2, 2 * (int) Math.round(Math.PI * focal / 2));
  }

  /**
   * A photo on the half sphere.
   *
   * @param side of the square in pixels, at least 1
   */
  public RgbImage draw(RgbImage photo, int side) {
    double scale = Math.min(1, (double) side / side(photo));
    RgbImage near =
        Resizer.resize(
            photo,
            Math.max(1, (int) Math.round(scale * photo.width())),
            Math.max(1, (int) Math.round(scale * photo.height())));
    double focal = Math.max(near.width(), near.height()) / 2.0 / tangent;
    byte[] out = new byte[Math.multiplyExact(CHANNELS, Math.multiplyExact(side, side))];
    for (int x = 0; x < side; x++) {
      double azimuth = Math.PI * ((x + 0.5) / side - 0.5);
      double column = near.width() / 2.0 + focal * Math.tan(azimuth);
      if (column < 0 || column >= near.width()) {
        continue;
      }
      for (int y = 0; y < side; y++) {
        double elevation = Math.PI * ((y + 0.5) / side - 0.5);
        double row = near.height() / 2.0 + focal * Math.tan(elevation) / Math.cos(azimuth);
        if (row >= 0 && row < near.height()) {
          sample(near, column - 0.5, row - 0.5, out, CHANNELS * (y * side + x));
        }
      }
    }
    return new RgbImage(side, side, out);
  }

  /** Both pictures of a pair on their half spheres. */
  public StereoPair draw(StereoPair pair, int side) {
    return new StereoPair(draw(pair.left(), side), draw(pair.right(), side));
  }

  private static void sample(RgbImage photo, double x, double y, byte[] out, int o) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double partX = x - left;
    double partY = y - top;
    int x0 = Math.max(0, left);
    int x1 = Math.min(photo.width() - 1, left + 1);
    int y0 = Math.max(0, top);
    int y1 = Math.min(photo.height() - 1, top + 1);
    for (int c = 0; c < CHANNELS; c++) {
      double above = photo.value(x0, y0, c) * (1 - partX) + photo.value(x1, y0, c) * partX;
      double below = photo.value(x0, y1, c) * (1 - partX) + photo.value(x1, y1, c) * partX;
      out[o + c] = (byte) (above + partY * (below - above) + 0.5);
    }
  }
}
