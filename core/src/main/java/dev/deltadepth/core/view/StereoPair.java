package dev.deltadepth.core.view;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;

/**
 * A picture for each eye.
 *
 * @param left for the left eye
 * @param right for the right eye, of the same size
 */
public record StereoPair(RgbImage left, RgbImage right) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if they differ
   */
  public StereoPair {
    if (left.width() != right.width() || left.height() != right.height()) {
      throw new IllegalArgumentException("the two pictures of a stereo pair differ in size");
    }
  }

  /**
   * What two eyes would see; each moves by half of the shift, so that both pictures are new. A map
   * that does not vary gives the photo twice.
   *
   * @param map of the photo's size and any kind
   * @throws IllegalArgumentException if the sizes differ
   */
  public static StereoPair of(RgbImage photo, DepthMap map, Stereo stereo) {
    return of(LayeredPhoto.of(photo, map, stereo.reach(photo.width())), stereo);
  }

  /** The same from layers whose reach is {@link Stereo#reach} or more. */
  public static StereoPair of(LayeredPhoto layers, Stereo stereo) {
    return new StereoPair(eye(layers, stereo, true), eye(layers, stereo, false));
  }

  /** What one eye would see. */
  public static RgbImage eye(LayeredPhoto layers, Stereo stereo, boolean left) {
    return layers.varies() ? rows(layers, stereo, left, 0, layers.height()) : layers.photo();
  }

  /** The same of some rows, even if they do not vary: their picture does. */
  static RgbImage rows(LayeredPhoto layers, Stereo stereo, boolean left, int first, int end) {
    double shift = stereo.shift(1 + stereo.convergence(), layers.width());
    RowWarp warp =
        new RowWarp(layers, (float) (left ? shift / 2 : -shift / 2), (float) stereo.convergence());
    int width = layers.width();
    byte[] out = new byte[3 * width * (end - first)];
    for (int y = first; y < end; y++) {
      warp.row(y, out, (y - first) * width);
    }
    return new RgbImage(width, end - first, out);
  }

  /** The pair with the eyes exchanged, for looking at it cross-eyed. */
  public StereoPair crossed() {
    return new StereoPair(/* left= */ right, /* right= */ left);
  }
}
