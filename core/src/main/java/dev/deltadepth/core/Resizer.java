package dev.deltadepth.core;

import java.util.Arrays;

/**
 * Resizes pictures and maps with the same results as the two libraries that networks are trained
 * with: Pillow for 8-bit pictures, torch for maps.
 */
public final class Resizer {
  /** Samples that are held as integers at a time. */
  private static final int BAND = 1 << 22;

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
   * then along y, each pass in fixed point with 22 bits and rounded to 8 bits. Only where x grows
   * and y shrinks does y come first, so that the picture in between is never larger than both ends.
   *
   * @param width the new width in pixels, at least 1
   * @param height the new height in pixels, at least 1
   * @return the picture itself if it has that size already
   * @throws IllegalArgumentException if a side is below 1 or the result does not fit into an array
   */
  public static RgbImage resize(RgbImage image, int width, int height, Filter filter) {
    check(width, height, 3);
    return width > image.width() && height < image.height()
        ? alongX(alongY(image, height, filter), width, filter)
        : alongY(alongX(image, width, filter), height, filter);
  }

  private static RgbImage alongX(RgbImage image, int width, Filter filter) {
    if (width == image.width()) {
      return image;
    }
    byte[] out = new byte[width * image.height() * 3];
    Taps.each(
        image.width(),
        width,
        filter,
        Integer.MAX_VALUE,
        (from, taps) -> alongX(image, taps, from, width, out));
    return new RgbImage(width, image.height(), out);
  }

  private static void alongX(RgbImage image, Taps taps, int from, int width, byte[] out) {
    byte[] in = image.data();
    int[] weights = taps.fixedPoint();
    int[] first = taps.first();
    int[] count = taps.count();
    int half = 1 << (Taps.FIXED_POINT_BITS - 1);
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.width();
      int o = (y * width + from) * 3;
      for (int x = 0; x < taps.outputs(); x++) {
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
  }

  private static RgbImage alongY(RgbImage image, int height, Filter filter) {
    if (height == image.height()) {
      return image;
    }
    int stride = image.width() * 3;
    byte[] out = new byte[stride * height];
    int[] sums = new int[stride];
    Taps.each(
        image.height(),
        height,
        filter,
        BAND / stride,
        (from, taps) -> alongY(image, taps, from, sums, out));
    return new RgbImage(image.width(), height, out);
  }

  private static void alongY(RgbImage image, Taps taps, int from, int[] sums, byte[] out) {
    int stride = sums.length;
    int last = taps.outputs() - 1;
    int start = taps.first()[0] * stride;
    int end = (taps.first()[last] + taps.count()[last]) * stride;
    // As integers, so that the JIT vectorises the sums below.
    int[] in = new int[end - start];
    for (int i = 0; i < in.length; i++) {
      in[i] = image.data()[start + i] & 0xff;
    }
    int[] weights = taps.fixedPoint();
    for (int y = 0; y <= last; y++) {
      Arrays.fill(sums, 1 << (Taps.FIXED_POINT_BITS - 1));
      for (int k = 0; k < taps.count()[y]; k++) {
        int weight = weights[y * taps.window() + k];
        int row = (taps.first()[y] + k) * stride - start;
        for (int x = 0; x < stride; x++) {
          sums[x] += in[row + x] * weight;
        }
      }
      int row = (from + y) * stride;
      for (int x = 0; x < stride; x++) {
        out[row + x] = toByte(sums[x]);
      }
    }
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
    boolean yFirst = width > map.width() && height < map.height();
    float[] data = yFirst ? alongY(map.data(), map.width(), height) : map.data();
    data = alongX(data, map.width(), width);
    return new DepthMap(map.kind(), width, height, yFirst ? data : alongY(data, width, height));
  }

  private static float[] alongX(float[] in, int before, int width) {
    float[] out = new float[in.length / before * width];
    Taps.each(
        before,
        width,
        Filter.BILINEAR,
        Integer.MAX_VALUE,
        (from, taps) -> {
          float[] weights = taps.floats();
          for (int y = 0; y < in.length / before; y++) {
            for (int x = 0; x < taps.outputs(); x++) {
              int i = y * before + taps.first()[x];
              int w = x * taps.window();
              float sum = 0;
              for (int k = 0; k < taps.count()[x]; k++) {
                sum += weights[w + k] * in[i + k];
              }
              out[y * width + from + x] = sum;
            }
          }
        });
    return out;
  }

  private static float[] alongY(float[] in, int width, int height) {
    float[] out = new float[width * height];
    Taps.each(
        in.length / width,
        height,
        Filter.BILINEAR,
        Integer.MAX_VALUE,
        (from, taps) -> {
          float[] weights = taps.floats();
          for (int y = 0; y < taps.outputs(); y++) {
            for (int k = 0; k < taps.count()[y]; k++) {
              float weight = weights[y * taps.window() + k];
              int i = (taps.first()[y] + k) * width;
              int o = (from + y) * width;
              for (int x = 0; x < width; x++) {
                out[o + x] += weight * in[i + x];
              }
            }
          }
        });
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
