package dev.deltadepth.quantize;

/**
 * The values that 256 steps of a value have to cover. Zero is always among them, and is hit
 * exactly: it is what borders are filled with.
 *
 * @param low the smallest, at most 0
 * @param high the largest, at least 0
 */
record Range(float low, float high) {

  /** The steps of a byte, less one. */
  static final int STEPS = 255;

  private static final float NARROWEST = 1e-6f;

  /** A range that holds zero and is not empty. */
  static Range of(double low, double high) {
    float least = (float) Math.min(low, 0);
    return new Range(least, (float) Math.max(Math.max(high, 0), least + NARROWEST));
  }

  /** The step between neighbours. */
  float scale() {
    return (high - low) / STEPS;
  }

  /** The byte that stands for zero. */
  int zero() {
    return Math.min(Math.max(Math.round(-low / scale()), 0), STEPS);
  }
}
