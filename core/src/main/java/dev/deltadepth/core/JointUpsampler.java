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
    RgbImage small = Resizer.resize(photo, map.width(), map.height());
    float[][] planes = functions(map, small);
    return applied(map, planes, photo);
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
    float[] p = map.data();
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
      double determinant = a * c00 + b * c01 + c * c02;
      double x = covariances[0][i];
      double y = covariances[1][i];
      double z = covariances[2][i];
      factors[0][i] = (float) ((c00 * x + c01 * y + c02 * z) / determinant);
      factors[1][i] = (float) ((c01 * x + c11 * y + c12 * z) / determinant);
      factors[2][i] = (float) ((c02 * x + c12 * y + c22 * z) / determinant);
      constant[i] =
          meanP[i]
              - factors[0][i] * means[0][i]
              - factors[1][i] * means[1][i]
              - factors[2][i] * means[2][i];
    }
    return new float[][] {
      window.mean(factors[0]),
      window.mean(factors[1]),
      window.mean(factors[2]),
      window.mean(constant),
      extremes(p, width, height, -1),
      extremes(p, width, height, 1)
    };
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
    float[] out = new float[width * height];
    byte[] rgb = photo.data();
    int upperRow = -1;
    for (int y = 0; y < height; y++) {
      if (rows.before()[y] != upperRow) {
        upperRow = rows.before()[y];
        for (int k = 0; k < planes.length; k++) {
          columns.widen(planes[k], upperRow * map.width(), upper[k]);
          columns.widen(planes[k], rows.after()[y] * map.width(), lower[k]);
        }
      }
      float part = rows.part()[y];
      between(upper[3], lower[3], part, values);
      for (int c = 0; c < CHANNELS; c++) {
        addColour(upper[c], lower[c], part, rgb, y * width * CHANNELS + c, values);
      }
      int o = y * width;
      for (int x = 0; x < width; x++) {
        float low = upper[4][x] + part * (lower[4][x] - upper[4][x]);
        float high = upper[5][x] + part * (lower[5][x] - upper[5][x]);
        out[o + x] = Math.max(low, Math.min(high, values[x]));
      }
    }
    return new DepthMap(map.kind(), width, height, out);
  }

  private static void between(float[] upper, float[] lower, float part, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = upper[x] + part * (lower[x] - upper[x]);
    }
  }

  private static void addColour(
      float[] upper, float[] lower, float part, byte[] rgb, int first, float[] out) {
    for (int x = 0; x < out.length; x++) {
      float factor = upper[x] + part * (lower[x] - upper[x]);
      out[x] += factor * ((rgb[first + CHANNELS * x] & 0xff) * (1 / 255f));
    }
  }

  /** Means over the square of {@link #RADIUS} around each value, as much of it as is inside. */
  private static final class Window {
    private final int width;
    private final int height;
    private final float[] product;

    Window(int width, int height) {
      this.width = width;
      this.height = height;
      this.product = new float[width * height];
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

    /** Running sums in double, so that they do not drift. */
    float[] mean(float[] values) {
      float[] alongX = new float[values.length];
      for (int y = 0; y < height; y++) {
        int row = y * width;
        double sum = 0;
        int count = 0;
        for (int x = 0; x < Math.min(RADIUS, width); x++) {
          sum += values[row + x];
          count++;
        }
        for (int x = 0; x < width; x++) {
          if (x + RADIUS < width) {
            sum += values[row + x + RADIUS];
            count++;
          }
          if (x - RADIUS - 1 >= 0) {
            sum -= values[row + x - RADIUS - 1];
            count--;
          }
          alongX[row + x] = (float) (sum / count);
        }
      }
      return alongY(alongX);
    }

    private float[] alongY(float[] values) {
      float[] means = new float[values.length];
      double[] sums = new double[width];
      int count = 0;
      for (int y = 0; y < Math.min(RADIUS, height); y++) {
        add(values, y, 1, sums);
        count++;
      }
      for (int y = 0; y < height; y++) {
        if (y + RADIUS < height) {
          add(values, y + RADIUS, 1, sums);
          count++;
        }
        if (y - RADIUS - 1 >= 0) {
          add(values, y - RADIUS - 1, -1, sums);
          count--;
        }
        for (int x = 0; x < width; x++) {
          means[y * width + x] = (float) (sums[x] / count);
        }
      }
      return means;
    }

    private void add(float[] values, int y, int sign, double[] sums) {
      for (int x = 0; x < width; x++) {
        sums[x] += sign * values[y * width + x];
      }
    }
  }
}
