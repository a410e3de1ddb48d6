package dev.deltadepth.scenes;

/**
 * A luminous sphere. Its size makes shadows soft.
 *
 * @param position its centre
 * @param radius its radius
 * @param colour its linear colour and strength nearby
 * @param reach the distance at which a half is left, infinite for the sun
 */
record Light(Vector position, double radius, Vector colour, double reach) {

  /** A sun in a direction, which need not have length one. */
  static Light sun(Vector towards, Vector colour) {
    return new Light(towards.unit().times(1e4), 120, colour, Double.POSITIVE_INFINITY);
  }

  /** The share of its strength that is left at a distance. */
  double strength(double distance) {
    double relative = distance / reach;
    return 1 / (1 + relative * relative);
  }
}
