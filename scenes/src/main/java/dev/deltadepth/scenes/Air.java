package dev.deltadepth.scenes;

/**
 * What is not a surface: the light from all around, the sky, the haze.
 *
 * @param above light that comes from above
 * @param below light that comes from below
 * @param cornerReach how far corners are darkened, in metres
 * @param zenith the sky's colour straight up
 * @param horizon the sky's colour at the horizon, which far things take on
 * @param clouds share of the sky under clouds, 0..1
 * @param haze distance in metres at which two thirds of a thing's colour are lost
 */
record Air(
    Vector above,
    Vector below,
    double cornerReach,
    Vector zenith,
    Vector horizon,
    double clouds,
    double haze) {

  /** The air of a room: no sky, no haze. */
  static Air indoors(double strength) {
    return new Air(
        new Vector(1, 0.98, 0.95).times(strength),
        new Vector(0.75, 0.68, 0.6).times(strength),
        0.9,
        Vector.ONE,
        Vector.ONE,
        0,
        Double.POSITIVE_INFINITY);
  }

  /** The light that comes from all around onto a surface. */
  Vector ambient(Vector normal) {
    return below.mix(above, 0.5 + 0.5 * normal.y());
  }

  /** The sky in a direction of length one. */
  Vector sky(Vector direction) {
    double height = Math.max(direction.y(), 0.01);
    Vector clear = horizon.mix(zenith, Math.pow(height, 0.5));
    double sheet = 1 / (height + 0.08);
    double density = Noise.clouds(direction.x() * sheet * 1.1, 4.2, direction.z() * sheet * 1.1, 5);
    double cover = Noise.step(0.75 - 0.5 * clouds, 0.95 - 0.4 * clouds, density);
    return clear.mix(new Vector(0.95, 0.95, 0.97), cover * Noise.step(0, 0.25, height));
  }

  /** A colour seen through that many metres of air. */
  Vector through(Vector colour, double distance) {
    return colour.mix(horizon, 1 - Math.exp(-distance / haze));
  }
}
