package dev.deltadepth.datasets;

/**
 * Which pixels of the ground truth count: those in the crop whose depth is above the nearest and
 * below the cap, both strictly. Of ground truth that is a disparity without unit, those above 0.
 *
 * @param nearestMetres depths at or before it take no part, and predictions are clipped to it;
 *     above 0
 * @param capMetres depths at or beyond it take no part, and predictions are clipped to it; above
 *     the nearest
 * @param crop the part of the picture
 */
public record Region(double nearestMetres, double capMetres, Crop crop) {
  /** The nearest depth unless a set says otherwise. */
  private static final double NEAREST_METRES = 1e-3;

  /** Checks the depths. */
  public Region {
    if (!(nearestMetres > 0)) {
      throw new IllegalArgumentException("the nearest depth must be above 0, not " + nearestMetres);
    }
    if (!(capMetres > nearestMetres)) {
      throw new IllegalArgumentException(
          "a depth cap must be above " + nearestMetres + " m, not " + capMetres);
    }
  }

  /** A part of the picture from 1 mm up to a depth. */
  public Region(double capMetres, Crop crop) {
    this(NEAREST_METRES, capMetres, crop);
  }

  /** The whole picture from 1 mm up to a depth. */
  public static Region upTo(double capMetres) {
    return new Region(capMetres, Crop.NONE);
  }
}
