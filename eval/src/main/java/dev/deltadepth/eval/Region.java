package dev.deltadepth.eval;

/**
 * Which pixels of the ground truth count: those in the crop whose depth is above 1 mm and below the
 * cap, both strictly. Of ground truth that is a disparity without unit, those above 0.
 *
 * @param capMetres depths at or beyond it take no part, and predictions are clipped to it; above 1
 *     mm
 * @param crop the part of the picture
 */
public record Region(double capMetres, Crop crop) {
  /** The least depth that is a depth, in metres. */
  static final double NEAREST_METRES = 1e-3;

  /** Checks the cap. */
  public Region {
    if (!(capMetres > NEAREST_METRES)) {
      throw new IllegalArgumentException("a depth cap must be above 0.001 m, not " + capMetres);
    }
  }

  /** The whole picture up to a depth. */
  public static Region upTo(double capMetres) {
    return new Region(capMetres, Crop.NONE);
  }
}
