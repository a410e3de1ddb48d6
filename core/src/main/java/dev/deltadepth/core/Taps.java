package dev.deltadepth.core;

/**
 * Which input pixels make up each output pixel along one axis, and by how much: the antialiased
 * filters of Pillow and of torch's {@code antialias=True}, which widen with the scale when they
 * shrink.
 *
 * @param window slots per output pixel in {@code weights}
 * @param first the first input pixel of each output pixel
 * @param count how many input pixels it uses, at most {@code window}
 * @param weights {@code window} slots per output pixel; those used sum to 1
 */
record Taps(int window, int[] first, int[] count, double[] weights) {

  /** The bits after the binary point in Pillow's 8-bit resampling. */
  static final int FIXED_POINT_BITS = 22;

  /** Weights at a time, for sides of millions of pixels; those of usual sides are all fewer. */
  private static final int MOST_WEIGHTS = 1 << 20;

  /** Is given the taps of some output pixels that follow each other. */
  interface Use {
    /**
     * Uses them.
     *
     * @param from the output pixel of the first taps
     */
    void some(int from, Taps taps);
  }

  /**
   * Gives the taps of all output pixels, from the first to the last, so many at a time that they
   * take little memory.
   *
   * @param most how many input pixels those that are given together may span, if there are several
   */
  static void each(int inputs, int outputs, Resizer.Filter filter, int most, Use use) {
    double scale = (double) inputs / outputs;
    int window = window(inputs, scale, filter);
    double span = Math.max(1, Math.min((most - window) / scale, MOST_WEIGHTS / (double) window));
    int step = (int) Math.min(outputs, span);
    for (int from = 0; from < outputs; from += step) {
      use.some(from, of(inputs, outputs, filter, from, Math.min(outputs, from + step)));
    }
  }

  private static int window(int inputs, double scale, Resizer.Filter filter) {
    double support = Math.max(scale, 1) * filter.support();
    return (int) Math.min(inputs, Math.ceil(support) * 2 + 1);
  }

  private static Taps of(int inputs, int outputs, Resizer.Filter filter, int start, int end) {
    double scale = (double) inputs / outputs;
    double stretch = Math.max(scale, 1);
    double support = stretch * filter.support();
    int window = window(inputs, scale, filter);
    int[] first = new int[end - start];
    int[] count = new int[end - start];
    double[] weights = new double[(end - start) * window];
    for (int out = 0; out < end - start; out++) {
      double centre = (start + out + 0.5) * scale;
      int from = Math.max((int) (centre - support + 0.5), 0);
      int to = Math.min((int) (centre + support + 0.5), inputs);
      double sum = 0;
      for (int in = from; in < to; in++) {
        double weight = filter.weight((in - centre + 0.5) / stretch);
        weights[out * window + in - from] = weight;
        sum += weight;
      }
      for (int k = 0; k < to - from; k++) {
        weights[out * window + k] /= sum;
      }
      first[out] = from;
      count[out] = to - from;
    }
    return new Taps(window, first, count, weights);
  }

  int outputs() {
    return first.length;
  }

  /** The weights times 2^22, rounded half away from zero, as in Pillow. */
  int[] fixedPoint() {
    int[] fixed = new int[weights.length];
    for (int i = 0; i < fixed.length; i++) {
      double scaled = weights[i] * (1 << FIXED_POINT_BITS);
      fixed[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    return fixed;
  }

  float[] floats() {
    float[] floats = new float[weights.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) weights[i];
    }
    return floats;
  }
}
