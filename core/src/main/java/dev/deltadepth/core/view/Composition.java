package dev.deltadepth.core.view;

/** Rows of a picture, in linear light, onto which layers are laid from the farthest on. */
final class Composition {
  private static final int CHANNELS = 3;

  private final int width;
  private final int first;
  private final int end;
  private final float[] light;
  private final float[] cover;

  /**
   * @param first the first row of the picture
   * @param end the row after the last
   */
  Composition(int width, int first, int end) {
    this.width = width;
    this.first = first;
    this.end = end;
    light = new float[CHANNELS * width * (end - first)];
    cover = new float[width * (end - first)];
  }

  /** Lays a pixel over what is there. */
  void over(int x, int y, float opacity, float red, float green, float blue) {
    int i = (y - first) * width + x;
    lay(i, opacity, opacity * red, opacity * green, opacity * blue);
  }

  private void lay(int i, float opacity, float red, float green, float blue) {
    float rest = Math.max(0, 1 - opacity);
    int p = CHANNELS * i;
    light[p] = light[p] * rest + red;
    light[p + 1] = light[p + 1] * rest + green;
    light[p + 2] = light[p + 2] * rest + blue;
    cover[i] = cover[i] * rest + opacity;
  }

  /**
   * Lays a layer over what is there.
   *
   * @param factor how many times smaller the layer is
   * @param top the picture's row with which the layer begins
   */
  void add(Planes layer, int factor, int top) {
    int columns = layer.width();
    float[][] row = new float[Planes.COUNT][columns];
    for (int y = first; y < end; y++) {
      float place = Math.max(0, (y - top + 0.5f) / factor - 0.5f);
      int above = Math.min(layer.height() - 1, (int) place);
      int below = Math.min(layer.height() - 1, above + 1);
      float part = place - above;
      int begin = Math.min(layer.first(above), layer.first(below));
      int last = Math.max(layer.last(above), layer.last(below));
      if (begin > last) {
        continue;
      }
      for (int c = 0; c < Planes.COUNT; c++) {
        float[] plane = layer.plane(c);
        for (int x = begin; x <= last; x++) {
          float upper = plane[above * columns + x];
          row[c][x] = upper + part * (plane[below * columns + x] - upper);
        }
      }
      if (factor == 1) {
        plain(row, y, begin, last);
      } else {
        enlarged(row, factor, y, begin, last);
      }
    }
  }

  private void plain(float[][] row, int y, int begin, int last) {
    int o = (y - first) * width;
    for (int x = begin; x <= last; x++) {
      lay(o + x, row[Planes.COVER][x], row[0][x], row[1][x], row[2][x]);
    }
  }

  private void enlarged(float[][] row, int factor, int y, int begin, int last) {
    int o = (y - first) * width;
    int right = Math.min(width, (last + 1) * factor);
    float[] red = row[0];
    float[] green = row[1];
    float[] blue = row[2];
    float[] covers = row[Planes.COVER];
    for (int x = begin * factor; x < right; x++) {
      float place = (x + 0.5f) / factor - 0.5f;
      int a = Math.max(begin, (int) Math.floor(place));
      int b = Math.min(last, a + 1);
      float part = Math.max(0, place - a);
      lay(
          o + x,
          covers[a] + part * (covers[b] - covers[a]),
          red[a] + part * (red[b] - red[a]),
          green[a] + part * (green[b] - green[a]),
          blue[a] + part * (blue[b] - blue[a]));
    }
  }

  /** Writes the rows to their places in a picture. */
  void write(byte[] out) {
    for (int i = 0; i < cover.length; i++) {
      int o = CHANNELS * (first * width + i);
      float scale = 1 / Math.max(1e-6f, cover[i]);
      for (int c = 0; c < CHANNELS; c++) {
        out[o + c] = Highlights.encode(light[CHANNELS * i + c] * scale);
      }
    }
  }
}
