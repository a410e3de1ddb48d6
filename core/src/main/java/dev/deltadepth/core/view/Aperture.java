package dev.deltadepth.core.view;

/**
 * What a lens with a shallow depth of field makes of distances: a point out of focus becomes a disc
 * whose radius grows with its difference in disparity from the focus, as in a real lens.
 *
 * @param focus the nearness that is sharp, 0..1
 * @param diameter of the disc of a point whose nearness differs from the focus by 1, in percent of
 *     the picture's longer side, 0..20; 4 is a fast portrait lens
 */
public record Aperture(double focus, double diameter) {
  /** The largest diameter, in percent. */
  public static final double LARGEST = 20;

  /** Nearness on each side of the focus that stays sharp: a face has depth. */
  private static final double SHARP = 0.03;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Aperture {
    if (!(focus >= 0 && focus <= 1)) {
      throw new IllegalArgumentException("the focus must be between 0 and 1, not " + focus);
    }
    if (!(diameter >= 0 && diameter <= LARGEST)) {
      throw new IllegalArgumentException(
          "the aperture must be between 0 and 20 percent, not " + diameter);
    }
  }

  /**
   * The radius of the disc of a point.
   *
   * @param nearness 0..1
   * @param longer the picture's longer side in pixels
   * @return pixels; negative behind the focus, positive in front of it
   */
  public double radius(double nearness, int longer) {
    double beyond = Math.max(0, Math.abs(nearness - focus) - SHARP);
    return Math.copySign(beyond * diameter / 200 * longer, nearness - focus);
  }
}
