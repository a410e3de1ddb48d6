package dev.deltadepth.scenes;

/**
 * A pinhole camera without distortion, its principal point in the picture's middle.
 *
 * @param position where it stands
 * @param right unit vector to the right
 * @param up unit vector upwards
 * @param forward unit vector along the optical axis
 * @param focal the focal length as a multiple of the picture's shorter side
 */
record Camera(Vector position, Vector right, Vector up, Vector forward, double focal) {

  /**
   * A camera held level.
   *
   * @param position where it stands
   * @param target what it looks at
   * @param fieldOfView the angle that the picture's shorter side spans, in degrees
   */
  static Camera at(Vector position, Vector target, double fieldOfView) {
    Vector forward = target.minus(position).unit();
    Vector right = Vector.UP.cross(forward).unit();
    return new Camera(
        position,
        right,
        forward.cross(right),
        forward,
        0.5 / Math.tan(Math.toRadians(fieldOfView) / 2));
  }

  /** The same, turned about its optical axis by an angle in radians. */
  Camera rolled(double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return new Camera(
        position,
        right.times(cos).plus(up.times(sin)),
        up.times(cos).minus(right.times(sin)),
        forward,
        focal);
  }

  /**
   * The direction through a point of the picture. Its component along the optical axis is one, so
   * that a ray's parameter is the depth in metres.
   *
   * @param x column in pixels, 0.5 the middle of the first
   * @param y row in pixels, 0.5 the middle of the first
   */
  Vector direction(double x, double y, int width, int height) {
    double pixels = focal * Math.min(width, height);
    return forward
        .plus(right.times((x - width / 2.0) / pixels))
        .plus(up.times((height / 2.0 - y) / pixels));
  }
}
