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

  static Taps of(int inputs, int outputs, Resizer.Filter filter) {
    double scale = (double) inputs / outputs;
    double stretch = Math.max(scale, 1);
    double support = stretch * filter.support();
    int window = Math.min(inputs, (int) Math.ceil(support) * 2 + 1);
    int[] first = new int[outputs];
    int[] count = new int[outputs];
    double[] weights = new double[outputs * window];
    for (int out = 0; out < outputs; out++) {
      double centre = (out + 0.5) * scale;
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
