package dev.deltadepth.scenes;

/** Numbers that look random and depend only on their coordinates. */
final class Noise {
  private Noise() {}

  /** A number in [0, 1) for a point of the integer lattice. */
  static double hash(int x, int y, int z) {
    int h = x * 0x8da6b343 ^ y * 0xd8163841 ^ z * 0xcb1ab31f;
    h = (h ^ h >>> 15) * 0x2c1b3c6d;
    h = (h ^ h >>> 12) * 0x297a2d39;
    return ((h ^ h >>> 15) >>> 8) * 0x1p-24;
  }

  /** Value noise in [0, 1): lattice numbers, smoothly interpolated. */
  static double value(double x, double y, double z) {
    int ix = (int) Math.floor(x);
    int iy = (int) Math.floor(y);
    int iz = (int) Math.floor(z);
    double fx = smooth(x - ix);
    double fy = smooth(y - iy);
    double fz = smooth(z - iz);
    return mix(
        mix(
            mix(hash(ix, iy, iz), hash(ix + 1, iy, iz), fx),
            mix(hash(ix, iy + 1, iz), hash(ix + 1, iy + 1, iz), fx),
            fy),
        mix(
            mix(hash(ix, iy, iz + 1), hash(ix + 1, iy, iz + 1), fx),
            mix(hash(ix, iy + 1, iz + 1), hash(ix + 1, iy + 1, iz + 1), fx),
            fy),
        fz);
  }

  /** Several octaves of value noise, each half as strong and twice as fine, in [0, 1). */
  static double clouds(double x, double y, double z, int octaves) {
    double sum = 0;
    double weight = 0;
    double amplitude = 1;
    for (int i = 0; i < octaves; i++) {
      double frequency = 1 << i;
      sum += amplitude * value(x * frequency + 17 * i, y * frequency, z * frequency - 31 * i);
      weight += amplitude;
      amplitude /= 2;
    }
    return sum / weight;
  }

  /** 0 below the first edge, 1 above the second, smooth between. */
  static double step(double low, double high, double value) {
    return smooth(Math.min(Math.max((value - low) / (high - low), 0), 1));
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double a, double b, double amount) {
    return a + (b - a) * amount;
  }
}
