package dev.deltadepth.quantize;

/**
 * The range that 256 levels cover. It always includes zero, which is represented exactly, because
 * borders are padded with it.
 *
 * @param low smallest value, at most 0
 * @param high largest value, at least 0
 */
record Range(float low, float high) {

  /** Number of steps between 256 levels. */
  static final int STEPS = 255;

  private static final float NARROWEST = 1e-6f;

  /** A range that includes zero and is not empty. */
  static Range of(double low, double high) {
    float least = (float) Math.min(low, 0);
    return new Range(least, (float) Math.max(Math.max(high, 0), least + NARROWEST));
  }

  /** The step between neighbouring levels. */
  float scale() {
    return (high - low) / STEPS;
  }

  /** The level that represents zero. */
  int zero() {
    return Math.min(Math.max(Math.round(-low / scale()), 0), STEPS);
  }
}
