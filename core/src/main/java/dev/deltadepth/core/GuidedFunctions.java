package dev.deltadepth.core;

/**
 * A map as linear functions of its photo's colours: around each value, the map is fitted by one
 * function of the three channels, and the functions are averaged over the same windows.
 *
 * <p>Source: He, Sun and Tang, "Guided Image Filtering", TPAMI 2013, equations 17 to 19.
 */
final class GuidedFunctions {

  /** Radius of the windows in which the map is fitted, in values of the map. */
  private static final int RADIUS = 3;

  /** Variance of colour, of channels in 0..1, below which a window counts as plain. */
  private static final float PLAIN = 1e-3f;

  private static final int CHANNELS = 3;

  /** Factors of red, green and blue, and a constant. */
  static final int TERMS = CHANNELS + 1;

  /**
   * The map (0), red, green and blue (1 to 3), the map times each of them (4 to 6), and their
   * products: red with all three (7 to 9), green with green and blue (10, 11), blue with blue (12).
   */
  private static final int MOMENTS = 13;

  private final int width;
  private final int height;

  private GuidedFunctions(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /**
   * Fits a map without holes.
   *
   * @param small the photo at the map's size
   * @return {@link #TERMS} planes of the map's size
   */
  static float[][] of(DepthMap map, RgbImage small) {
    return new GuidedFunctions(map.width(), map.height()).fitted(map.data(), small);
  }

  private float[][] fitted(float[] values, RgbImage small) {
    // Around zero, where single precision is finest.
    float centre = mean(values);
    float[][] planes = new float[TERMS][width * height];
    float[][] means = new float[MOMENTS][width];
    float[] mean = new float[width];
    WindowMeans moments = new WindowMeans(MOMENTS, width, height, RADIUS);
    WindowMeans terms = new WindowMeans(TERMS, width, height, RADIUS);
    for (int y = 0; y < height + 2 * RADIUS; y++) {
      if (y < height) {
        moments(values, small, y, centre, moments);
      }
      int fit = y - RADIUS;
      if (fit >= 0 && fit < height) {
        for (int k = 0; k < MOMENTS; k++) {
          moments.mean(k, fit, means[k]);
        }
        solve(means, centre, fit, terms);
      }
      int done = fit - RADIUS;
      if (done >= 0) {
        for (int k = 0; k < TERMS; k++) {
          terms.mean(k, done, mean);
          System.arraycopy(mean, 0, planes[k], done * width, width);
        }
      }
    }
    return planes;
  }

  private static float mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) (sum / values.length);
  }

  private void moments(float[] values, RgbImage small, int y, float centre, WindowMeans moments) {
    int row = y * width;
    float[] map = moments.row(0, y);
    for (int x = 0; x < width; x++) {
      map[x] = values[row + x] - centre;
    }
    small.row(y, moments.row(1, y), moments.row(2, y), moments.row(3, y));
    int k = 1 + CHANNELS;
    for (int a = 0; a <= CHANNELS; a++) {
      for (int b = Math.max(1, a); b <= CHANNELS; b++) {
        product(moments.row(a, y), moments.row(b, y), moments.row(k++, y));
      }
    }
  }

  /** The functions that fit best in the windows around a row. */
  private void solve(float[][] means, float centre, int y, WindowMeans terms) {
    float[] p = means[0];
    float[] r = means[1];
    float[] g = means[2];
    float[] b = means[3];
    float[] redTerm = terms.row(0, y);
    float[] greenTerm = terms.row(1, y);
    float[] blueTerm = terms.row(2, y);
    float[] constant = terms.row(3, y);
    for (int x = 0; x < width; x++) {
      float red = r[x];
      float green = g[x];
      float blue = b[x];
      // The inverse of a symmetric 3x3 matrix by its cofactors; PLAIN keeps it away from singular.
      double m00 = means[7][x] - red * red + PLAIN;
      double m01 = means[8][x] - red * green;
      double m02 = means[9][x] - red * blue;
      double m11 = means[10][x] - green * green + PLAIN;
      double m12 = means[11][x] - green * blue;
      double m22 = means[12][x] - blue * blue + PLAIN;
      double c00 = m11 * m22 - m12 * m12;
      double c01 = m02 * m12 - m01 * m22;
      double c02 = m01 * m12 - m02 * m11;
      double c11 = m00 * m22 - m02 * m02;
      double c12 = m01 * m02 - m00 * m12;
      double c22 = m00 * m11 - m01 * m01;
      double inverse = 1 / (m00 * c00 + m01 * c01 + m02 * c02);
      double withRed = means[4][x] - red * p[x];
      double withGreen = means[5][x] - green * p[x];
      double withBlue = means[6][x] - blue * p[x];
      float ofRed = (float) ((c00 * withRed + c01 * withGreen + c02 * withBlue) * inverse);
      float ofGreen = (float) ((c01 * withRed + c11 * withGreen + c12 * withBlue) * inverse);
      float ofBlue = (float) ((c02 * withRed + c12 * withGreen + c22 * withBlue) * inverse);
      redTerm[x] = ofRed;
      greenTerm[x] = ofGreen;
      blueTerm[x] = ofBlue;
      constant[x] = centre + p[x] - ofRed * red - ofGreen * green - ofBlue * blue;
    }
  }

  private static void product(float[] a, float[] b, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = a[x] * b[x];
    }
  }
}
