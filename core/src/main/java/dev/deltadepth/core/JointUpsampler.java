package dev.deltadepth.core;

/**
 * Enlarges a map to the size of its photo along the photo's edges: the fast guided filter (He and
 * Sun, "Fast Guided Filter", arXiv 1505.00996) with the photo's three channels as the guide (He,
 * Sun and Tang, "Guided Image Filtering", TPAMI 2013, equations 17 to 19).
 *
 * <p>Around each value of the map, the map is fitted by a linear function of the photo's colours,
 * both at the map's size. The functions are averaged, enlarged, and applied to the photo at its own
 * size, in the channels in which it is stored. A value never leaves the range of the nine values of
 * the map around it, so that a pattern on a flat surface stays on the surface. Time is linear in
 * the number of pixels, whatever the radius.
 */
public final class JointUpsampler {

  private static final int CHANNELS = 3;

  /** The functions' terms, and the lowest and the highest value around each. */
  private static final int CONSTANT = GuidedFunctions.TERMS - 1;

  private static final int LOW = CONSTANT + 1;
  private static final int HIGH = LOW + 1;
  private static final int PLANES = HIGH + 1;

  private JointUpsampler() {}

  /**
   * Enlarges a map to the size of its photo. Where it would have to be made smaller, or where it
   * has pixels without a value, it is resized as {@link Resizer#resize(DepthMap, int, int)} does.
   *
   * @param map of the whole photo, of any kind
   * @param photo that the map belongs to
   * @return a map of the photo's size and the map's kind
   */
  public static DepthMap enlarge(DepthMap map, RgbImage photo) {
    if (map.width() >= photo.width() || map.height() >= photo.height() || !finite(map.data())) {
      return Resizer.resize(map, photo.width(), photo.height());
    }
    return enlarge(map, photo, Resizer.resize(photo, map.width(), map.height()));
  }

  /**
   * The same for somebody who has the photo at the map's size already.
   *
   * @param map of the whole photo, of any kind
   * @param photo that the map belongs to
   * @param small the photo at the map's size
   * @throws IllegalArgumentException if it has another size
   */
  public static DepthMap enlarge(DepthMap map, Guide photo, RgbImage small) {
    int width = photo.width();
    float[] out = new float[width * photo.height()];
    rows(map, photo, small, (y, values) -> System.arraycopy(values, 0, out, y * width, width));
    return new DepthMap(map.kind(), width, photo.height(), out);
  }

  /**
   * The same row by row, for somebody who does not need the whole map in memory.
   *
   * @param map of the whole photo, of any kind
   * @param photo that the map belongs to
   * @param small the photo at the map's size
   * @param sink gets as many rows as the photo has
   * @throws IllegalArgumentException if it has another size
   */
  public static void rows(DepthMap map, Guide photo, RgbImage small, MapRows sink) {
    if (small.width() != map.width() || small.height() != map.height()) {
      throw new IllegalArgumentException("the small photo must have the map's size");
    }
    if (map.width() >= photo.width() || map.height() >= photo.height() || !finite(map.data())) {
      MapRows.give(Resizer.resize(map, photo.width(), photo.height()), sink);
      return;
    }
    apply(map, small, photo, sink);
  }

  private static boolean finite(float[] values) {
    // A browser's isFinite is a call; this is arithmetic, and false for NaN.
    boolean finite = true;
    for (float value : values) {
      finite &= Math.abs(value) <= Float.MAX_VALUE;
    }
    return finite;
  }

  /** The lowest (sign -1) or highest (sign 1) of the nine values around each. */
  private static float[] extremes(float[] values, int width, int height, int sign) {
    float[] alongX = new float[values.length];
    float[] both = new float[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        float left = values[x > 0 ? i - 1 : i];
        float right = values[x < width - 1 ? i + 1 : i];
        alongX[i] = outer(outer(left, right, sign), values[i], sign);
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        float above = alongX[y > 0 ? i - width : i];
        float below = alongX[y < height - 1 ? i + width : i];
        both[i] = outer(outer(above, below, sign), alongX[i], sign);
      }
    }
    return both;
  }

  private static float outer(float a, float b, int sign) {
    return sign > 0 ? Math.max(a, b) : Math.min(a, b);
  }

  /** Enlarges the functions row by row and applies them to the photo. */
  private static void apply(DepthMap map, RgbImage small, Guide photo, MapRows sink) {
    float[][] planes = new float[PLANES][];
    System.arraycopy(GuidedFunctions.of(map, small), 0, planes, 0, GuidedFunctions.TERMS);
    photo.adapt(planes[0], planes[1], planes[2], planes[CONSTANT]);
    planes[LOW] = extremes(map.data(), map.width(), map.height(), -1);
    planes[HIGH] = extremes(map.data(), map.width(), map.height(), 1);
    int width = photo.width();
    Neighbours columns = Neighbours.of(map.width(), width);
    Neighbours rows = Neighbours.of(map.height(), photo.height());
    float[][] upper = new float[PLANES][width];
    float[][] lower = new float[PLANES][width];
    float[][] rise = new float[PLANES][width];
    float[][] channels = new float[CHANNELS][width];
    float[] values = new float[width];
    int upperRow = -1;
    int lowerRow = -1;
    for (int y = 0; y < photo.height(); y++) {
      if (rows.before()[y] != upperRow) {
        // Rows follow each other: what was below is above now.
        float[][] spare = upper;
        upper = lower;
        lower = spare;
        for (int k = 0; k < PLANES; k++) {
          if (rows.before()[y] != lowerRow) {
            columns.widen(planes[k], rows.before()[y] * map.width(), upper[k]);
          }
          columns.widen(planes[k], rows.after()[y] * map.width(), lower[k]);
          subtract(lower[k], upper[k], rise[k]);
        }
        upperRow = rows.before()[y];
        lowerRow = rows.after()[y];
      }
      float part = rows.part()[y];
      photo.row(y, channels[0], channels[1], channels[2]);
      begin(upper[CONSTANT], rise[CONSTANT], upper[0], rise[0], part, channels[0], values);
      add(upper[1], rise[1], upper[2], rise[2], part, channels[1], channels[2], values);
      hold(upper[LOW], rise[LOW], upper[HIGH], rise[HIGH], part, values);
      sink.row(y, values);
    }
  }

  // Loops as the JIT vectorises them: no array is read at two places, and none at an offset.

  private static void subtract(float[] a, float[] b, float[] out) {
    int values = Shortest.of(a.length, b.length, out.length);
    for (int x = 0; x < values; x++) {
      out[x] = a[x] - b[x];
    }
  }

  /** The constant and the first channel. */
  private static void begin(
      float[] constant,
      float[] constantRise,
      float[] factor,
      float[] factorRise,
      float part,
      float[] channel,
      float[] out) {
    int values =
        Math.min(
            Shortest.of(constant.length, constantRise.length, factor.length),
            Shortest.of(factorRise.length, channel.length, out.length));
    for (int x = 0; x < values; x++) {
      out[x] =
          constant[x] + part * constantRise[x] + (factor[x] + part * factorRise[x]) * channel[x];
    }
  }

  /** The other two channels. */
  private static void add(
      float[] second,
      float[] secondRise,
      float[] third,
      float[] thirdRise,
      float part,
      float[] secondChannel,
      float[] thirdChannel,
      float[] out) {
    int values =
        Shortest.of(
            Shortest.of(second.length, secondRise.length, secondChannel.length),
            Shortest.of(third.length, thirdRise.length, thirdChannel.length),
            out.length);
    for (int x = 0; x < values; x++) {
      out[x] +=
          (second[x] + part * secondRise[x]) * secondChannel[x]
              + (third[x] + part * thirdRise[x]) * thirdChannel[x];
    }
  }

  /** Within the range around. */
  private static void hold(
      float[] low, float[] lowRise, float[] high, float[] highRise, float part, float[] out) {
    int values =
        Math.min(Shortest.of(low.length, lowRise.length, high.length, highRise.length), out.length);
    for (int x = 0; x < values; x++) {
      float raised = Math.max(out[x], low[x] + part * lowRise[x]);
      out[x] = Math.min(raised, high[x] + part * highRise[x]);
    }
  }
}
