package dev.deltadepth.core.space;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;

/**
 * Every so many columns and rows of a picture, and what is known of their pixels.
 *
 * @param depth in metres or an unknown unit
 * @param photo the picture it belongs to
 * @param camera of the same picture
 * @param stride columns and rows from one sample to the next
 */
record Grid(DepthMap depth, RgbImage photo, Camera camera, int stride) {
  Grid {
    if (stride < 1) {
      throw new IllegalArgumentException("the stride must be at least 1, not " + stride);
    }
    if (photo.width() != depth.width() || photo.height() != depth.height()) {
      throw new IllegalArgumentException(
          "the photo has "
              + photo.width()
              + "x"
              + photo.height()
              + " pixels, but its map has "
              + depth.width()
              + "x"
              + depth.height());
    }
    camera.require(depth.width(), depth.height());
  }

  /** The first column: what is left over is shared between both sides. */
  int left() {
    return (depth.width() - 1) % stride / 2;
  }

  /** The first row. */
  int top() {
    return (depth.height() - 1) % stride / 2;
  }

  int columns() {
    return (depth.width() - 1) / stride + 1;
  }

  int rows() {
    return (depth.height() - 1) / stride + 1;
  }

  int size() {
    return Math.multiplyExact(columns(), rows());
  }

  float[] positions(Surface surface, int[] pixels) {
    float[] positions = new float[Math.multiplyExact(pixels.length, 3)];
    for (int k = 0; k < pixels.length; k++) {
      surface.place(pixels[k] % depth.width(), pixels[k] / depth.width(), positions, 3 * k);
    }
    return positions;
  }

  float[] normals(int[] pixels) {
    float[] all = Normals.of(depth, camera).data();
    float[] normals = new float[pixels.length * 3];
    for (int k = 0; k < pixels.length; k++) {
      System.arraycopy(all, 3 * pixels[k], normals, 3 * k, 3);
    }
    return normals;
  }

  byte[] colours(int[] pixels) {
    byte[] colours = new byte[pixels.length * 3];
    for (int k = 0; k < pixels.length; k++) {
      System.arraycopy(photo.data(), 3 * pixels[k], colours, 3 * k, 3);
    }
    return colours;
  }
}
