package dev.deltadepth.core;

/**
 * Enlarges a map to the size of its photo along the photo's edges: the fast guided filter (He and
 * Sun, "Fast Guided Filter", arXiv 1505.00996) with the photo's three channels as the guide (He,
 * Sun and Tang, "Guided Image Filtering", TPAMI 2013, equations 17 to 19).
 *
 * <p>Around each value of the map, the map is fitted by a linear function of the photo's colours,
 * both at the map's size. The functions are averaged, enlarged, and applied to the photo at its own
 * size. A value never leaves the range of the nine values of the map around it, so that a pattern
 * on a flat surface stays on the surface. Time is linear in the number of pixels, whatever the
 * radius.
 */
public final class JointUpsampler {

  /** Radius of the windows in which the map is fitted, in values of the map. */
  private static final int RADIUS = 3;

  /** Variance of colour, of channels in 0..1, below which a window counts as plain. */
  private static final float PLAIN = 1e-3f;

  private static final int CHANNELS = 3;

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
   * @param small the photo at the map's size
   * @throws IllegalArgumentException if it has another size
   */
  public static DepthMap enlarge(DepthMap map, RgbImage photo, RgbImage small) {
    if (small.width() != map.width() || small.height() != map.height()) {
      throw new IllegalArgumentException("the small photo must have the map's size");
    }
    if (map.width() >= photo.width() || map.height() >= photo.height() || !finite(map.data())) {
      return Resizer.resize(map, photo.width(), photo.height());
    }
    return applied(map, functions(map, small), photo);
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The linear functions of colour and the bounds of their values: factors of red, green and blue,
   * constant, lowest and highest value.
   */
  private static float[][] functions(DepthMap map, RgbImage small) {
    int width = map.width();
    int height = map.height();
    int n = width * height;
    Window window = new Window(width, height);
    // Around zero, where single precision is finest.
    float centre = mean(map.data());
    float[] p = new float[n];
    for (int i = 0; i < n; i++) {
      p[i] = map.data()[i] - centre;
    }
    float[][] colour = new float[CHANNELS][n];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < CHANNELS; c++) {
        colour[c][i] = (small.data()[CHANNELS * i + c] & 0xff) / 255f;
      }
    }
    float[][] means = new float[CHANNELS][];
    float[][] covariances = new float[CHANNELS][];
    float[] meanP = window.mean(p);
    for (int c = 0; c < CHANNELS; c++) {
      means[c] = window.mean(colour[c]);
    }
    for (int c = 0; c < CHANNELS; c++) {
      covariances[c] = window.covariance(colour[c], p, means[c], meanP);
    }
    float[] rr = window.covariance(colour[0], colour[0], means[0], means[0]);
    float[] rg = window.covariance(colour[0], colour[1], means[0], means[1]);
    float[] rb = window.covariance(colour[0], colour[2], means[0], means[2]);
    float[] gg = window.covariance(colour[1], colour[1], means[1], means[1]);
    float[] gb = window.covariance(colour[1], colour[2], means[1], means[2]);
    float[] bb = window.covariance(colour[2], colour[2], means[2], means[2]);
    float[][] factors = new float[CHANNELS][n];
    float[] constant = new float[n];
    for (int i = 0; i < n; i++) {
      // The inverse of a symmetric 3x3 matrix by its cofactors; PLAIN keeps it away from singular.
      double a = rr[i] + PLAIN;
      double d = gg[i] + PLAIN;
      double f = bb[i] + PLAIN;
      double b = rg[i];
      double c = rb[i];
      double e = gb[i];
      double c00 = d * f - e * e;
      double c01 = c * e - b * f;
      double c02 = b * e - c * d;
      double c11 = a * f - c * c;
      double c12 = b * c - a * e;
      double c22 = a * d - b * b;
      double inverse = 1 / (a * c00 + b * c01 + c * c02);
      double x = covariances[0][i];
      double y = covariances[1][i];
      double z = covariances[2][i];
      factors[0][i] = (float) ((c00 * x + c01 * y + c02 * z) * inverse);
      factors[1][i] = (float) ((c01 * x + c11 * y + c12 * z) * inverse);
      factors[2][i] = (float) ((c02 * x + c12 * y + c22 * z) * inverse);
      constant[i] =
          centre
              + meanP[i]
              - factors[0][i] * means[0][i]
              - factors[1][i] * means[1][i]
              - factors[2][i] * means[2][i];
    }
    return new float[][] {
      window.mean(factors[0]),
      window.mean(factors[1]),
      window.mean(factors[2]),
      window.mean(constant),
      extremes(map.data(), width, height, -1),
      extremes(map.data(), width, height, 1)
    };
  }

  private static float mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) (sum / values.length);
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
  private static DepthMap applied(DepthMap map, float[][] planes, RgbImage photo) {
    int width = photo.width();
    int height = photo.height();
    Neighbours columns = Neighbours.of(map.width(), width);
    Neighbours rows = Neighbours.of(map.height(), height);
    float[][] upper = new float[planes.length][width];
    float[][] lower = new float[planes.length][width];
    float[] values = new float[width];
    float[][] colours = new float[CHANNELS][width];
    float[] out = new float[width * height];
    byte[] rgb = photo.data();
    int upperRow = -1;
    int lowerRow = -1;
    for (int y = 0; y < height; y++) {
      if (rows.before()[y] != upperRow) {
        // Rows follow each other: what was below is above now.
        float[][] spare = upper;
        upper = lower;
        lower = spare;
        for (int k = 0; k < planes.length; k++) {
          if (rows.before()[y] != lowerRow) {
            columns.widen(planes[k], rows.before()[y] * map.width(), upper[k]);
          }
          columns.widen(planes[k], rows.after()[y] * map.width(), lower[k]);
        }
        upperRow = rows.before()[y];
        lowerRow = rows.after()[y];
      }
      float part = rows.part()[y];
      split(rgb, y * width * CHANNELS, colours);
      between(upper[3], lower[3], part, values);
      for (int c = 0; c < CHANNELS; c++) {
        addColour(upper[c], lower[c], part, colours[c], values);
      }
      clamp(upper, lower, part, values, out, y * width);
    }
    return new DepthMap(map.kind(), width, height, out);
  }

  private static void clamp(
      float[][] upper, float[][] lower, float part, float[] values, float[] out, int row) {
    float[] lowAbove = upper[4];
    float[] lowBelow = lower[4];
    float[] highAbove = upper[5];
    float[] highBelow = lower[5];
    for (int x = 0; x < values.length; x++) {
      float low = lowAbove[x] + part * (lowBelow[x] - lowAbove[x]);
      float high = highAbove[x] + part * (highBelow[x] - highAbove[x]);
      out[row + x] = Math.max(low, Math.min(high, values[x]));
    }
  }

  private static void between(float[] upper, float[] lower, float part, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = upper[x] + part * (lower[x] - upper[x]);
    }
  }

  private static void addColour(
      float[] upper, float[] lower, float part, float[] colour, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] += (upper[x] + part * (lower[x] - upper[x])) * colour[x];
    }
  }

  /** The channels of a row in 0..1, apart: loops over them are vectorised. */
  private static void split(byte[] rgb, int first, float[][] colours) {
    float[] red = colours[0];
    float[] green = colours[1];
    float[] blue = colours[2];
    for (int x = 0, i = first; x < red.length; x++, i += CHANNELS) {
      red[x] = (rgb[i] & 0xff) * (1 / 255f);
      green[x] = (rgb[i + 1] & 0xff) * (1 / 255f);
      blue[x] = (rgb[i + 2] & 0xff) * (1 / 255f);
    }
  }

  /** Means over the square of {@link #RADIUS} around each value, as much of it as is inside. */
  private static final class Window {
    private final int width;
    private final int height;
    private final float[] product;
    private final float[] alongX;

    /** One divided by the number of columns around each. */
    private final float[] shares;

    Window(int width, int height) {
      this.width = width;
      this.height = height;
      this.product = new float[width * height];
      this.alongX = new float[width * height];
      this.shares = new float[width];
      for (int x = 0; x < width; x++) {
        shares[x] = 1f / (Math.min(width - 1, x + RADIUS) - Math.max(0, x - RADIUS) + 1);
      }
    }

    /** mean(a b) - mean(a) mean(b). */
    float[] covariance(float[] a, float[] b, float[] meanA, float[] meanB) {
      for (int i = 0; i < product.length; i++) {
        product[i] = a[i] * b[i];
      }
      float[] covariance = mean(product);
      for (int i = 0; i < covariance.length; i++) {
        covariance[i] -= meanA[i] * meanB[i];
      }
      return covariance;
    }

    /** Sums of few values, without running ones, which would drift and wait for each other. */
    float[] mean(float[] values) {
      for (int y = 0; y < height; y++) {
        sums(values, y * width, alongX);
      }
      float[] means = new float[values.length];
      for (int y = 0; y < height; y++) {
        int first = Math.max(0, y - RADIUS);
        int last = Math.min(height - 1, y + RADIUS);
        int row = y * width;
        if (last - first == 2 * RADIUS) {
          below(alongX, row, width, means);
        } else {
          for (int from = first; from <= last; from++) {
            add(alongX, from * width, row, means);
          }
        }
        float rows = last - first + 1;
        for (int x = 0; x < width; x++) {
          means[row + x] *= shares[x] / rows;
        }
      }
      return means;
    }

    /** A row whose neighbours are all inside; written out, so that the JIT vectorises it. */
    private static void below(float[] values, int row, int width, float[] out) {
      int two = 2 * width;
      int three = 3 * width;
      for (int i = row; i < row + width; i++) {
        out[i] =
            values[i - three]
                + values[i - two]
                + values[i - width]
                + values[i]
                + values[i + width]
                + values[i + two]
                + values[i + three];
      }
    }

    private void sums(float[] values, int row, float[] out) {
      int end = width - RADIUS;
      for (int x = 0; x < width; x++) {
        if (x == RADIUS && end > RADIUS) {
          inside(values, row, end, out);
          x = end;
        }
        float sum = 0;
        for (int i = Math.max(0, x - RADIUS); i <= Math.min(width - 1, x + RADIUS); i++) {
          sum += values[row + i];
        }
        out[row + x] = sum;
      }
    }

    /** The same for columns. */
    private static void inside(float[] values, int row, int end, float[] out) {
      for (int i = row + RADIUS; i < row + end; i++) {
        out[i] =
            values[i - 3]
                + values[i - 2]
                + values[i - 1]
                + values[i]
                + values[i + 1]
                + values[i + 2]
                + values[i + 3];
      }
    }

    private void add(float[] values, int from, int to, float[] sums) {
      for (int x = 0; x < width; x++) {
        sums[to + x] += values[from + x];
      }
    }
  }
}
