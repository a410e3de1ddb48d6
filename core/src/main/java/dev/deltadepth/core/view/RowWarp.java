package dev.deltadepth.core.view;

import java.util.Arrays;

/**
 * Shifts the pixels of rows in proportion to their nearness. A row is a polyline in the plane of
 * column and nearness that is cut where depth jumps; each new pixel finds the nearest piece that
 * covers its centre, and its exact place in the photo's row. So shifts are exact, and colours are
 * interpolated once.
 */
final class RowWarp {
  private static final int CHANNELS = 3;

  /** What no piece has covered. */
  private static final float NOTHING = -1;

  private final LayeredPhoto layers;
  private final float factor;
  private final float still;
  private final int width;
  private final int pad;
  private final float jump;

  /** Of the photo's row, with its mirror image beyond both ends. */
  private final int[] column;

  private final float[] front;
  private final float[] back;

  /** Of the new row: nearness, place in the photo's row, and whether it is of the layer behind. */
  private final float[] nearest;

  private final float[] source;
  private final boolean[] hidden;

  /**
   * @param factor pixels that a nearness of 1 more moves a pixel to the right
   * @param still the nearness that does not move
   */
  RowWarp(LayeredPhoto layers, float factor, float still) {
    this.layers = layers;
    this.factor = factor;
    this.still = still;
    this.width = layers.width();
    this.jump = Edges.cut(width, factor);
    this.pad = (int) Math.ceil(Math.abs(factor) * Math.max(still, 1 - still)) + 1;
    int length = width + 2 * pad;
    column = new int[length];
    for (int i = 0; i < length; i++) {
      column[i] = mirrored(i - pad, width);
    }
    front = new float[length];
    back = new float[length];
    nearest = new float[width];
    source = new float[width];
    hidden = new boolean[width];
  }

  /** A column beyond the ends, mirrored as often as it needs. */
  private static int mirrored(int x, int width) {
    int turn = Math.floorMod(x, 2 * width);
    return turn < width ? turn : 2 * width - 1 - turn;
  }

  /**
   * Draws row {@code y} of the new picture.
   *
   * @param at where it begins in the array, in pixels
   */
  void row(int y, byte[] out, int at) {
    int row = y * width;
    System.arraycopy(layers.front(), row, front, pad, width);
    System.arraycopy(layers.back(), row, back, pad, width);
    for (int i = 0; i < pad; i++) {
      // What is beyond the picture goes on as far away as its edge.
      front[i] = front[pad];
      back[i] = front[pad];
      front[pad + width + i] = front[pad + width - 1];
      back[pad + width + i] = front[pad + width - 1];
    }
    Arrays.fill(nearest, NOTHING);
    draw(back, true);
    draw(front, false);
    cover();
    colours(row, out, at);
  }

  private float place(int i, float nearness) {
    return i - pad + factor * (nearness - still);
  }

  private void draw(float[] layer, boolean isHidden) {
    int last = layer.length - 1;
    for (int i = 0; i <= last; i++) {
      if (isHidden && layer[i] == front[i] && (i == last || layer[i + 1] == front[i + 1])) {
        continue;
      }
      boolean joined = i < last && Math.abs(layer[i + 1] - layer[i]) <= jump;
      if (joined) {
        piece(i, layer[i], layer[i + 1], isHidden);
      }
      if (!joined || i == 0 || Math.abs(layer[i] - layer[i - 1]) > jump) {
        end(i, layer[i], isHidden);
      }
    }
  }

  /** The line from a pixel's centre to the next one's. */
  private void piece(int i, float from, float to, boolean isHidden) {
    float begin = place(i, from);
    float length = place(i + 1, to) - begin;
    if (length <= 0) {
      // Its other side would be seen, which is always behind something.
      return;
    }
    int end = Math.min(width - 1, (int) Math.floor(begin + length));
    for (int x = Math.max(0, (int) Math.ceil(begin)); x <= end; x++) {
      float part = (x - begin) / length;
      put(x, from + part * (to - from), i + part, isHidden);
    }
  }

  /** The half of a pixel beyond its centre, on both sides. */
  private void end(int i, float nearness, boolean isHidden) {
    float middle = place(i, nearness);
    int end = Math.min(width - 1, (int) Math.floor(middle + 0.5f));
    for (int x = Math.max(0, (int) Math.ceil(middle - 0.5f)); x <= end; x++) {
      put(x, nearness, i, isHidden);
    }
  }

  private void put(int x, float nearness, float from, boolean isHidden) {
    if (nearness > nearest[x]) {
      nearest[x] = nearness;
      source[x] = from;
      hidden[x] = isHidden;
    }
  }

  /** Holes that are left take the colour of the farther of their two sides. */
  private void cover() {
    int x = 0;
    while (x < width) {
      if (nearest[x] != NOTHING) {
        x++;
        continue;
      }
      int begin = x;
      while (x < width && nearest[x] == NOTHING) {
        x++;
      }
      boolean fromLeft =
          x == width || (begin > 0 && nearest[begin - 1] <= nearest[Math.min(x, width - 1)]);
      int side = fromLeft ? Math.max(0, begin - 1) : x;
      for (int hole = begin; hole < x; hole++) {
        nearest[hole] = nearest[side];
        source[hole] = source[side];
        hidden[hole] = hidden[side];
      }
    }
  }

  private void colours(int row, byte[] out, int at) {
    byte[] photo = layers.photo().data();
    byte[] behind = layers.behind();
    for (int x = 0; x < width; x++) {
      int i = (int) source[x];
      float part = source[x] - i;
      int o = CHANNELS * (at + x);
      byte[] from = hidden[x] ? behind : photo;
      if (part == 0) {
        System.arraycopy(from, CHANNELS * (row + column[i]), out, o, CHANNELS);
      } else if (hidden[x] || !smooth(i)) {
        int a = CHANNELS * (row + column[i]);
        int b = CHANNELS * (row + column[i + 1]);
        for (int c = 0; c < CHANNELS; c++) {
          float begin = from[a + c] & 0xff;
          out[o + c] = (byte) (begin + part * ((from[b + c] & 0xff) - begin) + 0.5f);
        }
      } else {
        cubic(from, row, i, part, out, o);
      }
    }
  }

  /** Whether the four pixels around a place belong together. */
  private boolean smooth(int i) {
    return i > 0
        && i + 2 < front.length
        && Math.abs(front[i] - front[i - 1]) <= jump
        && Math.abs(front[i + 2] - front[i + 1]) <= jump;
  }

  /** The cubic with a = -0.5 (Keys, 1981), which keeps photos sharp. */
  private void cubic(byte[] from, int row, int i, float t, byte[] out, int o) {
    float a = t * (t * (2 - t) - 1) / 2;
    float b = (t * t * (3 * t - 5) + 2) / 2;
    float c = t * (t * (4 - 3 * t) + 1) / 2;
    float d = t * t * (t - 1) / 2;
    int p = CHANNELS * (row + column[i - 1]);
    int q = CHANNELS * (row + column[i]);
    int r = CHANNELS * (row + column[i + 1]);
    int s = CHANNELS * (row + column[i + 2]);
    for (int k = 0; k < CHANNELS; k++) {
      float value =
          a * (from[p + k] & 0xff)
              + b * (from[q + k] & 0xff)
              + c * (from[r + k] & 0xff)
              + d * (from[s + k] & 0xff);
      out[o + k] = (byte) Math.max(0, Math.min(255, value + 0.5f));
    }
  }
}
