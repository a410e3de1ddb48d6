package dev.deltadepth.core.view;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How near each pixel is, from 0, the farthest of the picture, to 1, the nearest; linear in
 * disparity. Everything that is drawn from a photo and its map is steered by this: a relative map
 * says no more.
 *
 * <p>The array is not copied: do not write to it after handing it over.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param data {@code height * width} values in 0..1, row-major
 */
public record Nearness(int width, int height, float[] data) {
  /** The share of values beyond each end, so that a few wrong ones do not set the range. */
  private static final double TAIL = 0.0005;

  /** At most this many values, evenly spread, decide on the ends. */
  private static final int SAMPLES = 65_536;

  /** The value of a map that does not vary. */
  static final float FLAT = 0.5f;

  /**
   * Checks that the array fits the size.
   *
   * @throws IllegalArgumentException if a side is below 1 or the array's length does not fit
   */
  public Nearness {
    if (width < 1 || height < 1 || data.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(
          data.length + " values do not make " + width + "x" + height + " pixels");
    }
  }

  /**
   * From a map of any kind. Metres are inverted; what is infinitely far is farthest. The ends are
   * the lowest and highest disparity but for one value in 2000 at each end. A pixel without a value
   * takes that of its neighbour in the row, or else of the row above or below. A map that does not
   * vary, or has no value at all, gives {@code 0.5} everywhere.
   */
  public static Nearness of(DepthMap map) {
    float[] values = filled(map);
    ends(values).stretch(values);
    return new Nearness(map.width(), map.height(), values);
  }

  /**
   * The disparities of the farthest and the nearest.
   *
   * @param low becomes 0
   * @param high becomes 1
   */
  public record Ends(float low, float high) {
    /** Those of a map of any kind, see {@link Nearness#of}. */
    public static Ends of(DepthMap map) {
      return ends(filled(map));
    }

    /** Whether anything is nearer than something else. */
    boolean differ() {
      return high - low > 0;
    }

    /** Makes nearness of disparity, in place. */
    void stretch(float[] disparity) {
      float extent = high - low;
      for (int i = 0; i < disparity.length; i++) {
        disparity[i] = differ() ? Math.max(0, Math.min(1, (disparity[i] - low) / extent)) : FLAT;
      }
    }
  }

  private static float[] filled(DepthMap map) {
    float[] values = disparity(map);
    fill(values, map.width(), map.height());
    return values;
  }

  /** The value at column x and row y. */
  public float value(int x, int y) {
    return data[y * width + x];
  }

  /**
   * What most of the pixels around a place have: their median.
   *
   * @param x the place's column as a fraction of the width, 0..1
   * @param y its row as a fraction of the height, 0..1
   */
  public double around(double x, double y) {
    int radius = Math.max(width, height) / 100;
    int column = Math.max(0, Math.min(width - 1, (int) (x * width)));
    int row = Math.max(0, Math.min(height - 1, (int) (y * height)));
    int left = Math.max(0, column - radius);
    int right = Math.min(width, column + radius + 1);
    int top = Math.max(0, row - radius);
    int bottom = Math.min(height, row + radius + 1);
    float[] values = new float[(right - left) * (bottom - top)];
    for (int line = top; line < bottom; line++) {
      System.arraycopy(
          data, line * width + left, values, (line - top) * (right - left), right - left);
    }
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /**
   * What a photo is probably of: the median of the foreground (see {@link CutOut#threshold}) in the
   * middle of the picture, three fifths of its sides; what is in its centre if there is none.
   */
  public double subject() {
    double threshold = CutOut.threshold(this);
    float[] values = new float[(height - 2 * (height / 5)) * (width - 2 * (width / 5))];
    int count = 0;
    for (int y = height / 5; y < height - height / 5; y++) {
      for (int x = width / 5; x < width - width / 5; x++) {
        float value = data[y * width + x];
        if (value >= threshold) {
          values[count++] = value;
        }
      }
    }
    if (count == 0) {
      return around(0.5, 0.5);
    }
    Arrays.sort(values, 0, count);
    return values[count / 2];
  }

  /** Whether there are two different values. */
  public boolean varies() {
    for (float value : data) {
      if (value != data[0]) {
        return true;
      }
    }
    return false;
  }

  private static float[] disparity(DepthMap map) {
    float[] values = map.data().clone();
    for (int i = 0; i < values.length; i++) {
      if (map.kind() == Kind.METRES) {
        values[i] = values[i] > 0 ? 1 / values[i] : Float.NaN;
      }
      if (!Float.isFinite(values[i])) {
        values[i] = Float.NaN;
      }
    }
    return values;
  }

  private static void fill(float[] values, int width, int height) {
    int full = -1;
    for (int y = 0; y < height; y++) {
      if (!fillRow(values, y * width, width)) {
        if (full >= 0) {
          System.arraycopy(values, full * width, values, y * width, width);
        }
        continue;
      }
      if (full < 0) {
        for (int above = 0; above < y; above++) {
          System.arraycopy(values, y * width, values, above * width, width);
        }
      }
      full = y;
    }
    if (full < 0) {
      Arrays.fill(values, 0);
    }
  }

  /** Whether the row has any value. */
  private static boolean fillRow(float[] values, int row, int width) {
    int first = 0;
    while (first < width && Float.isNaN(values[row + first])) {
      first++;
    }
    if (first == width) {
      return false;
    }
    Arrays.fill(values, row, row + first, values[row + first]);
    for (int x = first + 1; x < width; x++) {
      if (Float.isNaN(values[row + x])) {
        values[row + x] = values[row + x - 1];
      }
    }
    return true;
  }

  private static Ends ends(float[] values) {
    int step = Math.max(1, values.length / SAMPLES);
    float[] samples = new float[(values.length + step - 1) / step];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = values[i * step];
    }
    Arrays.sort(samples);
    int tail = (int) (TAIL * samples.length);
    return new Ends(samples[tail], samples[samples.length - 1 - tail]);
  }

  /** Whether the other one has the same values. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Nearness that
        && width == that.width
        && height == that.height
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(width, height) + Arrays.hashCode(data);
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "Nearness[" + width + "x" + height + "]";
  }
}
