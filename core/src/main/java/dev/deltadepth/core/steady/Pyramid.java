package dev.deltadepth.core.steady;

import dev.deltadepth.core.RgbImage;

/** A frame's brightness, 0..255, at the size of its map and, halved again and again, at smaller. */
final class Pyramid {
  /** Halving ends when the shorter side is at most this. */
  private static final int SMALLEST = 12;

  private final int[] widths;
  private final int[] heights;
  private final float[][] levels;
  private final float[] row;

  Pyramid(int width, int height) {
    int count = 1;
    for (int side = Math.min(width, height); side > SMALLEST; side = (side + 1) / 2) {
      count++;
    }
    widths = new int[count];
    heights = new int[count];
    levels = new float[count][];
    row = new float[width];
    for (int i = 0; i < count; i++) {
      widths[i] = i == 0 ? width : (widths[i - 1] + 1) / 2;
      heights[i] = i == 0 ? height : (heights[i - 1] + 1) / 2;
      levels[i] = new float[widths[i] * heights[i]];
    }
  }

  int levels() {
    return levels.length;
  }

  int width(int level) {
    return widths[level];
  }

  int height(int level) {
    return heights[level];
  }

  /** The brightness at a level, row-major. */
  float[] level(int level) {
    return levels[level];
  }

  /** Takes a frame of any size. */
  void take(RgbImage frame) {
    brightness(frame);
    for (int i = 1; i < levels.length; i++) {
      halve(i);
    }
  }

  /** Means over the cells into which the map's grid divides the frame. */
  private void brightness(RgbImage frame) {
    byte[] rgb = frame.data();
    int width = widths[0];
    int height = heights[0];
    float[] out = levels[0];
    if (frame.width() == width && frame.height() == height) {
      for (int i = 0, k = 0; i < out.length; i++, k += 3) {
        out[i] = light(rgb, k) * (1 / 256f);
      }
      return;
    }
    for (int y = 0; y < height; y++) {
      int top = (int) ((long) y * frame.height() / height);
      int bottom = Math.max(top + 1, (int) ((y + 1L) * frame.height() / height));
      for (int x = 0; x < width; x++) {
        int left = (int) ((long) x * frame.width() / width);
        int right = Math.max(left + 1, (int) ((x + 1L) * frame.width() / width));
        float sum = 0;
        for (int j = top; j < bottom; j++) {
          int i = 3 * (j * frame.width() + left);
          int line = 0;
          for (int end = i + 3 * (right - left); i < end; i += 3) {
            line += light(rgb, i);
          }
          sum += line;
        }
        out[y * width + x] = sum / (256f * (bottom - top) * (right - left));
      }
    }
  }

  /** The brightness of a pixel, times 256. */
  private static int light(byte[] rgb, int i) {
    return 77 * (rgb[i] & 0xff) + 150 * (rgb[i + 1] & 0xff) + 29 * (rgb[i + 2] & 0xff);
  }

  /** Halves with the weights 1 3 3 1 along each axis, which keep noise and aliasing out. */
  private void halve(int level) {
    float[] in = levels[level - 1];
    float[] out = levels[level];
    int wide = widths[level - 1];
    int high = heights[level - 1];
    int width = widths[level];
    for (int y = 0; y < heights[level]; y++) {
      int a = Math.max(2 * y - 1, 0) * wide;
      int b = 2 * y * wide;
      int c = Math.min(2 * y + 1, high - 1) * wide;
      int d = Math.min(2 * y + 2, high - 1) * wide;
      for (int x = 0; x < wide; x++) {
        row[x] = (in[a + x] + 3 * (in[b + x] + in[c + x]) + in[d + x]) / 8;
      }
      for (int x = 0; x < width; x++) {
        int i = 2 * x;
        out[y * width + x] =
            (row[Math.max(i - 1, 0)]
                    + 3 * (row[i] + row[Math.min(i + 1, wide - 1)])
                    + row[Math.min(i + 2, wide - 1)])
                / 8;
      }
    }
  }
}
