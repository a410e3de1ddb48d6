package dev.deltadepth.video;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.PictureLimits;
import java.util.Arrays;
import java.util.Optional;

/** Pictures that lie over one another, at a part of their size if wanted. */
final class Overlay {

  private static final int WHITE = 255;

  private final int divisor;
  private final RgbImage image;

  /**
   * A canvas of one colour.
   *
   * @param width of the whole picture
   * @param height of the whole picture
   * @param divisor of both
   * @param fill red, green, blue and opacity in 0..255; it lies over white
   */
  Overlay(int width, int height, int divisor, int[] fill) {
    this.divisor = divisor;
    int columns = (int) PictureLimits.reduced(width, divisor);
    int rows = (int) PictureLimits.reduced(height, divisor);
    byte[] data = new byte[Math.multiplyExact(3 * columns, rows)];
    Arrays.fill(data, (byte) WHITE);
    for (int i = 0; i < data.length; i++) {
      data[i] = blended(WHITE, fill[i % 3], fill[3]);
    }
    image = new RgbImage(columns, rows, data);
  }

  private static byte blended(int below, int above, int opacity) {
    return (byte) ((above * opacity + below * (WHITE - opacity) + WHITE / 2) / WHITE);
  }

  /**
   * Lays a picture over what is there; what lies outside is left out.
   *
   * @param layer reduced already
   * @param opacity of its size, in grey; one of another size counts for nothing
   * @param left of its first pixel in the whole picture; may be negative
   * @param top likewise
   */
  void add(RgbImage layer, Optional<RgbImage> opacity, int left, int top) {
    Optional<RgbImage> fitting =
        opacity.filter(grey -> grey.width() == layer.width() && grey.height() == layer.height());
    int dx = Math.floorDiv(left, divisor);
    int dy = Math.floorDiv(top, divisor);
    byte[] out = image.data();
    for (int y = Math.max(0, -dy); y < layer.height() && (long) y + dy < image.height(); y++) {
      for (int x = Math.max(0, -dx); x < layer.width() && (long) x + dx < image.width(); x++) {
        int from = 3 * (y * layer.width() + x);
        int to = 3 * ((y + dy) * image.width() + x + dx);
        for (int c = 0; c < 3; c++) {
          int share = fitting.isPresent() ? fitting.get().data()[from] & 0xff : WHITE;
          out[to + c] = blended(out[to + c] & 0xff, layer.data()[from + c] & 0xff, share);
        }
      }
    }
  }

  /** The picture so far. */
  RgbImage image() {
    return image;
  }
}
