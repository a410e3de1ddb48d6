package dev.deltadepth.video.write;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;

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

  /** The values of every step, and behind them of pixels without a value, which are black. */
  private final byte[] light = new byte[STEPS + 1];

  private final int[] blueness = new int[STEPS + 1];
  private final int[] redness = new int[STEPS + 1];

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
      light[i] = (byte) Math.round(16 + 219 * y);
      blueness[i] = (int) Math.round(128 + 224 * (b - y) / (2 - 2 * BLUE));
      redness[i] = (int) Math.round(128 + 224 * (r - y) / (2 - 2 * RED));
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

  /** The map in colours, widened to sides that an encoder takes. */
  public byte[] draw(DepthMap map, Normalization window) {
    int width = VideoCodec.H264.side(map.width());
    int height = VideoCodec.H264.side(map.height());
    byte[] out = new byte[width * height * 3 / 2];
    int blue = width * height;
    int red = blue + width * height / 4;
    int[] upper = new int[width];
    int[] lower = new int[width];
    for (int y = 0; y < height; y += 2) {
      row(map, y, window, upper);
      row(map, y + 1, window, lower);
      int o = y * width;
      for (int x = 0; x < width; x++) {
        out[o + x] = light[upper[x]];
        out[o + width + x] = light[lower[x]];
      }
      int c = y / 2 * (width / 2);
      for (int x = 0; x < width; x += 2) {
        int i = upper[x];
        int j = upper[x + 1];
        int k = lower[x];
        int l = lower[x + 1];
        out[blue + c] = (byte) ((blueness[i] + blueness[j] + blueness[k] + blueness[l] + 2) >> 2);
        out[red + c] = (byte) ((redness[i] + redness[j] + redness[k] + redness[l] + 2) >> 2);
        c++;
      }
    }
    return out;
  }

  private static void row(DepthMap map, int y, Normalization window, int[] steps) {
    float[] values = map.data();
    int width = map.width();
    int from = Math.min(y, map.height() - 1) * width;
    float low = window.low();
    float scale = scale(window);
    for (int x = 0; x < width; x++) {
      float value = values[from + x];
      steps[x] = Float.isNaN(value) ? STEPS : step(value, low, scale);
    }
    for (int x = width; x < steps.length; x++) {
      steps[x] = steps[width - 1];
    }
  }
}
