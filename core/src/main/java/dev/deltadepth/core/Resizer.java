package dev.deltadepth.core;

import java.util.Arrays;

/**
 * Resizes pictures and maps with the same results as the two libraries that networks are trained
 * with: Pillow for 8-bit pictures, torch for maps.
 */
public final class Resizer {
  /** How many times as large as both ends the picture in between may be. */
  private static final int MOST_BETWEEN = 4;

  /** The kernel for resampling a picture; it widens with the scale when the picture shrinks. */
  public enum Filter {
    /** The triangle, one pixel to each side. */
    BILINEAR(1),
    /** The cubic with a = -0.5 (Keys, 1981), two pixels to each side; sharper, but overshoots. */
    BICUBIC(2);

    private final int support;

    Filter(int support) {
      this.support = support;
    }

    int support() {
      return support;
    }

    double weight(double distance) {
      double x = Math.abs(distance);
      if (this == BILINEAR) {
        return x < 1 ? 1 - x : 0;
      }
      double a = -0.5;
      if (x < 1) {
        return ((a + 2) * x - (a + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
  }

  private Resizer() {}

  /** Resizes a picture with the antialiased triangle, {@link Filter#BILINEAR}. */
  public static RgbImage resize(RgbImage image, int width, int height) {
    return resize(image, width, height, Filter.BILINEAR);
  }

  /**
   * Resizes a picture, bit for bit like Pillow's {@code Image.resize} on 8-bit RGB: first along x,
   * then along y, each pass in fixed point with 22 bits and rounded to 8 bits. Where the picture in
   * between would be far larger than both ends, y comes first.
   *
   * @param width the new width in pixels, at least 1
   * @param height the new height in pixels, at least 1
   * @return the picture itself if it has that size already
   * @throws IllegalArgumentException if a side is below 1 or the result does not fit into an array
   */
  public static RgbImage resize(RgbImage image, int width, int height, Filter filter) {
    check(width, height, 3);
    long between = (long) width * image.height();
    long larger = Math.max((long) image.width() * image.height(), (long) width * height);
    if (between > MOST_BETWEEN * larger) {
      // One side grows far and the other shrinks far: shrink first, though Pillow does not.
      RgbImage shortened = alongY(image, Taps.of(image.height(), height, filter), height);
      return alongX(shortened, Taps.of(image.width(), width, filter), width);
    }
    RgbImage narrowed =
        width == image.width()
            ? image
            : alongX(image, Taps.of(image.width(), width, filter), width);
    return height == image.height()
        ? narrowed
        : alongY(narrowed, Taps.of(image.height(), height, filter), height);
  }

  private static RgbImage alongX(RgbImage image, Taps taps, int width) {
    check(width, image.height(), 3);
    byte[] in = image.data();
    byte[] out = new byte[width * image.height() * 3];
    int[] weights = taps.fixedPoint();
    int[] first = taps.first();
    int[] count = taps.count();
    int half = 1 << (Taps.FIXED_POINT_BITS - 1);
    int o = 0;
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.width();
      for (int x = 0; x < width; x++) {
        int red = half;
        int green = half;
        int blue = half;
        int i = (row + first[x]) * 3;
        int w = x * taps.window();
        for (int end = w + count[x]; w < end; w++) {
          int weight = weights[w];
          red += (in[i] & 0xff) * weight;
          green += (in[i + 1] & 0xff) * weight;
          blue += (in[i + 2] & 0xff) * weight;
          i += 3;
        }
        out[o] = toByte(red);
        out[o + 1] = toByte(green);
        out[o + 2] = toByte(blue);
        o += 3;
      }
    }
    return new RgbImage(width, image.height(), out);
  }

  private static RgbImage alongY(RgbImage image, Taps taps, int height) {
    // As integers, so that the JIT vectorises the sums below.
    int[] in = new int[image.data().length];
    for (int i = 0; i < in.length; i++) {
      in[i] = image.data()[i] & 0xff;
    }
    int stride = image.width() * 3;
    byte[] out = new byte[stride * height];
    int[] weights = taps.fixedPoint();
    int[] sums = new int[stride];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 1 << (Taps.FIXED_POINT_BITS - 1));
      for (int k = 0; k < taps.count()[y]; k++) {
        int weight = weights[y * taps.window() + k];
        int row = (taps.first()[y] + k) * stride;
        for (int x = 0; x < stride; x++) {
          sums[x] += in[row + x] * weight;
        }
      }
      int row = y * stride;
      for (int x = 0; x < stride; x++) {
        out[row + x] = toByte(sums[x]);
      }
    }
    return new RgbImage(image.width(), height, out);
  }

  private static byte toByte(int fixed) {
    return (byte) Math.max(0, Math.min(255, fixed >> Taps.FIXED_POINT_BITS));
  }

  /**
   * Resizes a map by plain bilinear interpolation: torch's {@code interpolate} with {@code
   * mode="bilinear", align_corners=False} and no antialias. NaN spreads to the pixels that
   * interpolate from it.
   *
   * @param width the new width in pixels, at least 1
   * @param height the new height in pixels, at least 1
   * @return the map itself if it has that size already
   * @throws IllegalArgumentException if a side is below 1 or the result does not fit into an array
   */
  public static DepthMap resize(DepthMap map, int width, int height) {
    check(width, height, 1);
    if (width == map.width() && height == map.height()) {
      return map;
    }
    Neighbours columns = Neighbours.of(map.width(), width);
    Neighbours rows = Neighbours.of(map.height(), height);
    float[] out = new float[width * height];
    float[] upper = new float[width];
    float[] lower = new float[width];
    int upperRow = -1;
    int lowerRow = -1;
    for (int y = 0; y < height; y++) {
      // Going up in size, neighbouring output rows share their input rows: each is widened once.
      if (rows.before()[y] != upperRow) {
        if (rows.before()[y] == lowerRow) {
          float[] spare = upper;
          upper = lower;
          lower = spare;
          lowerRow = -1;
        } else {
          columns.widen(map.data(), rows.before()[y] * map.width(), upper);
        }
        upperRow = rows.before()[y];
      }
      if (rows.after()[y] != lowerRow) {
        columns.widen(map.data(), rows.after()[y] * map.width(), lower);
        lowerRow = rows.after()[y];
      }
      float part = rows.part()[y];
      int o = y * width;
      for (int x = 0; x < width; x++) {
        out[o + x] = upper[x] + part * (lower[x] - upper[x]);
      }
    }
    return new DepthMap(map.kind(), width, height, out);
  }

  /**
   * Resizes a map with the triangle that widens with the scale, so that every input pixel counts
   * when the map shrinks: torch's {@code interpolate} with {@code mode="bilinear",
   * align_corners=False, antialias=True}. NaN spreads to the pixels that interpolate from it.
   *
   * @param width the new width in pixels, at least 1
   * @param height the new height in pixels, at least 1
   * @return the map itself if it has that size already
   * @throws IllegalArgumentException if a side is below 1 or the result does not fit into an array
   */
  public static DepthMap resizeAntialiased(DepthMap map, int width, int height) {
    check(width, height, 1);
    if (width == map.width() && height == map.height()) {
      return map;
    }
    Taps columns = Taps.of(map.width(), width, Filter.BILINEAR);
    Taps rows = Taps.of(map.height(), height, Filter.BILINEAR);
    check(width, map.height(), 1);
    float[] narrowed = alongX(map, columns);
    float[] weights = rows.floats();
    float[] out = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < rows.count()[y]; k++) {
        float weight = weights[y * rows.window() + k];
        int in = (rows.first()[y] + k) * width;
        int o = y * width;
        for (int x = 0; x < width; x++) {
          out[o + x] += weight * narrowed[in + x];
        }
      }
    }
    return new DepthMap(map.kind(), width, height, out);
  }

  private static float[] alongX(DepthMap map, Taps taps) {
    int width = taps.outputs();
    float[] in = map.data();
    float[] out = new float[width * map.height()];
    float[] weights = taps.floats();
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < width; x++) {
        int i = y * map.width() + taps.first()[x];
        int w = x * taps.window();
        float sum = 0;
        for (int k = 0; k < taps.count()[x]; k++) {
          sum += weights[w + k] * in[i + k];
        }
        out[y * width + x] = sum;
      }
    }
    return out;
  }

  private static void check(int width, int height, int channels) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "width and height must be at least 1, not " + width + "x" + height);
    }
    if ((long) width * height * channels > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(width + "x" + height + " does not fit into an array");
    }
  }
}
