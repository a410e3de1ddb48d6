package dev.deltadepth.web.page;

/**
 * How a device is held, against how it was held first: where the screen's normal points, which
 * unlike the angles themselves turns steadily however the device is held.
 *
 * <p>Angles are those of W3C Device Orientation, in degrees: alpha about the vertical, then beta
 * about the device's width, then gamma about its height.
 */
final class Posture {
  /** The sine of the turn that tilts as far as tilting goes: 20 degrees. */
  private static final double FULL_TURN = Math.sin(Math.toRadians(20));

  /** The first turn from the device's axes to the world's, row by row. */
  private final double[] first;

  private double x;
  private double y;

  Posture(double alpha, double beta, double gamma) {
    first = turn(alpha, beta, gamma);
  }

  /**
   * The device was moved.
   *
   * @param screen how far the screen is turned against the device, counter-clockwise in degrees
   */
  void move(double alpha, double beta, double gamma, double screen) {
    double[] now = turn(alpha, beta, gamma);
    double right = normalAlong(0, now);
    double up = normalAlong(1, now);
    double turned = Math.toRadians(screen);
    x = tilt(right * Math.cos(turned) - up * Math.sin(turned));
    y = -tilt(right * Math.sin(turned) + up * Math.cos(turned));
  }

  /** From -1, the right edge was turned towards the user, to 1, it was turned away. */
  double x() {
    return x;
  }

  /** From -1, the upper edge was turned away from the user, to 1, it was turned towards. */
  double y() {
    return y;
  }

  private static double tilt(double sine) {
    return Math.max(-1, Math.min(1, sine / FULL_TURN));
  }

  /** The share of the screen's normal along an axis of the device as it was held first. */
  private double normalAlong(int axis, double[] now) {
    return first[axis] * now[2] + first[3 + axis] * now[5] + first[6 + axis] * now[8];
  }

  private static double[] turn(double alpha, double beta, double gamma) {
    double cosA = Math.cos(Math.toRadians(alpha));
    double sinA = Math.sin(Math.toRadians(alpha));
    double cosB = Math.cos(Math.toRadians(beta));
    double sinB = Math.sin(Math.toRadians(beta));
    double cosC = Math.cos(Math.toRadians(gamma));
    double sinC = Math.sin(Math.toRadians(gamma));
    return new double[] {
      cosA * cosC - sinA * sinB * sinC,
      -cosB * sinA,
      cosA * sinC + cosC * sinA * sinB,
      cosC * sinA + cosA * sinB * sinC,
      cosA * cosB,
      sinA * sinC - cosA * cosC * sinB,
      -cosB * sinC,
      sinB,
      cosB * cosC
    };
  }
}
