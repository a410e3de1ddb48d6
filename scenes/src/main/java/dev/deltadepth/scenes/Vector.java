package dev.deltadepth.scenes;

/** Three numbers: a point or a direction in metres (x right, y up, z away), or a linear colour. */
record Vector(double x, double y, double z) {
  static final Vector ZERO = new Vector(0, 0, 0);
  static final Vector ONE = new Vector(1, 1, 1);
  static final Vector UP = new Vector(0, 1, 0);

  /** A linear colour from the usual sRGB notation {@code 0xRRGGBB}. */
  static Vector colour(int rgb) {
    return new Vector(linear(rgb >> 16 & 0xff), linear(rgb >> 8 & 0xff), linear(rgb & 0xff));
  }

  private static double linear(int value) {
    double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  Vector plus(Vector o) {
    return new Vector(x + o.x, y + o.y, z + o.z);
  }

  Vector minus(Vector o) {
    return new Vector(x - o.x, y - o.y, z - o.z);
  }

  Vector times(double s) {
    return new Vector(x * s, y * s, z * s);
  }

  Vector times(Vector o) {
    return new Vector(x * o.x, y * o.y, z * o.z);
  }

  double dot(Vector o) {
    return x * o.x + y * o.y + z * o.z;
  }

  Vector cross(Vector o) {
    return new Vector(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
  }

  double length() {
    return Math.sqrt(dot(this));
  }

  Vector unit() {
    return times(1 / length());
  }

  /** This at 0, the other at 1, linear between. */
  Vector mix(Vector o, double amount) {
    return times(1 - amount).plus(o.times(amount));
  }

  /** Turned about the vertical axis by the angle whose cosine and sine are given. */
  Vector turned(double cos, double sin) {
    return new Vector(cos * x + sin * z, y, cos * z - sin * x);
  }
}
