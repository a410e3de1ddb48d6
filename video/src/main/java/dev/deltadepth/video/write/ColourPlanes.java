package dev.deltadepth.video.write;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.Normalization;
import java.util.Arrays;

/**
 * Colours a map for video encoders: light at every pixel, colour at every second one of every
 * second row, in BT.709's limited range.
 *
 * <p>Source: ITU-R BT.709-6, items 3.2 to 3.4 and 4.6.
 */
public final class ColourPlanes {
  private static final int STEPS = 256;
  private static final double RED = 0.2126;
  private static final double BLUE = 0.0722;

  /** Where a packed step holds how blue and how red it is; each has room for the sum of four. */
  private static final int BLUENESS = 8;

  private static final int REDNESS = 20;
  private static final int CHROMA = 0xfff;

  /** Light, blueness and redness of every step, and behind them of pixels without a value. */
  private final int[] packed = new int[STEPS + 1];

  /**
   * Prepares a colour map.
   *
   * @param nearIsDark whether it is turned round
   */
  public ColourPlanes(Colormap colours, boolean nearIsDark) {
    for (int i = 0; i <= STEPS; i++) {
      float value = (nearIsDark ? STEPS - 1 - i : i) / (STEPS - 1f);
      int rgb = i == STEPS ? 0 : colours.rgb(value);
      double r = (rgb >> 16 & 0xff) / 255.0;
      double g = (rgb >> 8 & 0xff) / 255.0;
      double b = (rgb & 0xff) / 255.0;
      double y = RED * r + (1 - RED - BLUE) * g + BLUE * b;
      int light = (int) Math.round(16 + 219 * y);
      int blueness = (int) Math.round(128 + 224 * (b - y) / (2 - 2 * BLUE));
      int redness = (int) Math.round(128 + 224 * (r - y) / (2 - 2 * RED));
      packed[i] = light | blueness << BLUENESS | redness << REDNESS;
    }
  }

  /** By what values above a window's lowest are multiplied to become steps. */
  public static float scale(Normalization window) {
    return window.high() > window.low() ? (STEPS - 1) / (window.high() - window.low()) : 0;
  }

  /** The step of a value that is one. */
  public static int step(float value, float low, float scale) {
    return Math.max(0, Math.min(STEPS - 1, (int) ((value - low) * scale + 0.5f)));
  }

  /** The steps of many, not yet cut to whole ones; NaN stays. */
  private static void steps(float[] values, float low, float scale, float[] out) {
    // A loop as the JIT vectorises it.
    for (int x = 0; x < out.length; x++) {
      out[x] = Math.max(0, Math.min(STEPS - 1, (values[x] - low) * scale + 0.5f));
    }
  }

  /** Begins a map in colours, widened to sides that an encoder takes. */
  public Drawing draw(int width, int height, Normalization window) {
    return new Drawing(width, height, window);
  }

  /** A map on its way, row by row. */
  public final class Drawing {
    private final int width;
    private final int height;
    private final int mapWidth;
    private final float low;
    private final float scale;
    private final byte[] out;
    private final float[] steps;
    private final int[] upper;
    private final int[] lower;
    private int rows;

    private Drawing(int mapWidth, int mapHeight, Normalization window) {
      this.width = VideoCodec.H264.side(mapWidth);
      this.height = VideoCodec.H264.side(mapHeight);
      this.mapWidth = mapWidth;
      this.low = window.low();
      this.scale = scale(window);
      this.out = new byte[width * height * 3 / 2];
      this.steps = new float[mapWidth];
      this.upper = new int[width];
      this.lower = new int[width];
    }

    /**
     * The next row.
     *
     * @param values as many as the map is wide; NaN becomes black
     */
    public void add(float[] values) {
      int[] row = rows % 2 == 0 ? upper : lower;
      steps(values, low, scale, steps);
      for (int x = 0; x < mapWidth; x++) {
        float step = steps[x];
        row[x] = packed[Float.isNaN(step) ? STEPS : (int) step];
      }
      Arrays.fill(row, mapWidth, width, row[mapWidth - 1]);
      rows++;
      if (rows % 2 == 0) {
        write(rows - 2, upper, lower);
      }
    }

    /** What encoders take, when all rows were added. */
    public byte[] finish() {
      int[] last = rows % 2 == 0 ? lower : upper;
      for (int y = rows / 2 * 2; y < height; y += 2) {
        write(y, last, last);
      }
      return out;
    }

    private void write(int y, int[] above, int[] below) {
      int o = y * width;
      int blue = width * height + y / 2 * (width / 2);
      int red = blue + width * height / 4;
      for (int x = 0; x < width; x += 2) {
        int i = above[x];
        int j = above[x + 1];
        int k = below[x];
        int l = below[x + 1];
        out[o + x] = (byte) i;
        out[o + x + 1] = (byte) j;
        out[o + width + x] = (byte) k;
        out[o + width + x + 1] = (byte) l;
        // The rest of each, without its light; two bits of the sum are the fraction.
        int sum = (i >>> BLUENESS) + (j >>> BLUENESS) + (k >>> BLUENESS) + (l >>> BLUENESS);
        out[blue++] = (byte) (((sum & CHROMA) + 2) >> 2);
        out[red++] = (byte) (((sum >>> (REDNESS - BLUENESS)) + 2) >> 2);
      }
    }
  }
}
