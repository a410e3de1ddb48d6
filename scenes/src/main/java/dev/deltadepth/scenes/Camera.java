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

  /** The same, moved by metres along its own axes and turned by angles in radians. */
  Camera moved(Vector along, double rightwards, double upwards) {
    Vector place =
        position
            .plus(right.times(along.x()))
            .plus(up.times(along.y()))
            .plus(forward.times(along.z()));
    double cos = Math.cos(rightwards);
    double sin = Math.sin(rightwards);
    Vector ahead = forward.times(cos).plus(right.times(sin));
    Vector aside = right.times(cos).minus(forward.times(sin));
    double up1 = Math.cos(upwards);
    double up2 = Math.sin(upwards);
    return new Camera(
        place,
        aside,
        up.times(up1).minus(ahead.times(up2)),
        ahead.times(up1).plus(up.times(up2)),
        focal);
  }

  /**
   * Where a point appears: column and row in pixels, as in {@link #direction}, and its depth in
   * metres, which is not above 0 behind the camera.
   */
  Vector project(Vector point, int width, int height) {
    Vector from = point.minus(position);
    double depth = from.dot(forward);
    double pixels = focal * Math.min(width, height) / depth;
    return new Vector(
        width / 2.0 + from.dot(right) * pixels, height / 2.0 - from.dot(up) * pixels, depth);
  }
}
