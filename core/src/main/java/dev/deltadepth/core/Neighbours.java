package dev.deltadepth.core;

/**
 * The two input pixels around each output pixel along one axis, and how far it is between: bilinear
 * interpolation with {@code align_corners} false.
 *
 * @param before index of the first
 * @param after index of the second
 * @param part how far the output pixel is from the first to the second, 0 to 1
 */
record Neighbours(int[] before, int[] after, float[] part) {

  static Neighbours of(int inputs, int outputs) {
    int[] before = new int[outputs];
    int[] after = new int[outputs];
    float[] part = new float[outputs];
    double scale = (double) inputs / outputs;
    for (int i = 0; i < outputs; i++) {
      double source = Math.max(0, (i + 0.5) * scale - 0.5);
      before[i] = Math.min((int) source, inputs - 1);
      after[i] = Math.min(before[i] + 1, inputs - 1);
      part[i] = (float) (source - before[i]);
    }
    return new Neighbours(before, after, part);
  }

  /** Interpolates a row of values that begins at {@code row}. */
  void widen(float[] in, int row, float[] out) {
    // Looked up before the loop, as Shortest says.
    int[] lefts = before;
    int[] rights = after;
    float[] parts = part;
    int values = Shortest.of(lefts.length, rights.length, parts.length, out.length);
    for (int x = 0; x < values; x++) {
      float left = in[row + lefts[x]];
      out[x] = left + parts[x] * (in[row + rights[x]] - left);
    }
  }
}
