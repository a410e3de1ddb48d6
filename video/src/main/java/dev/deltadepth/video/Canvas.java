package dev.deltadepth.video;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.PictureLimits;

/** A picture put together from tiles, at a part of its size if wanted. */
final class Canvas {

  private final int width;
  private final int height;
  private final int divisor;
  private final RgbImage image;

  /**
   * @param width of the whole picture
   * @param height of the whole picture
   * @param divisor of both; every so many pixels one is kept
   */
  Canvas(int width, int height, int divisor) {
    this.width = width;
    this.height = height;
    this.divisor = divisor;
    int columns = (int) PictureLimits.reduced(width, divisor);
    int rows = (int) PictureLimits.reduced(height, divisor);
    this.image = new RgbImage(columns, rows, new byte[Math.multiplyExact(3 * columns, rows)]);
  }

  /** Adds a tile whose first pixel lies there; what lies outside is left out. */
  void add(RgbImage tile, int left, int top) {
    byte[] out = image.data();
    byte[] in = tile.data();
    int right = Math.min(width, left + tile.width());
    int bottom = Math.min(height, top + tile.height());
    int firstX = (left + divisor - 1) / divisor * divisor;
    for (int y = (top + divisor - 1) / divisor * divisor; y < bottom; y += divisor) {
      int from = ((y - top) * tile.width() + firstX - left) * 3;
      int to = (y / divisor * image.width() + firstX / divisor) * 3;
      if (divisor == 1) {
        System.arraycopy(in, from, out, to, Math.max(0, right - firstX) * 3);
        continue;
      }
      for (int x = firstX; x < right; x += divisor, from += 3 * divisor, to += 3) {
        out[to] = in[from];
        out[to + 1] = in[from + 1];
        out[to + 2] = in[from + 2];
      }
    }
  }

  /** The picture so far. */
  RgbImage image() {
    return image;
  }
}
