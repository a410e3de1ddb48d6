package dev.deltadepth.core.space;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.RgbImage;

/** Made-up depth for tests. */
final class Planes {
  private Planes() {}

  /** The plane through a point on the axis at a distance, with a normal in the scene's axes. */
  static DepthMap plane(Camera camera, double distance, double nx, double ny, double nz) {
    float[] depth = new float[camera.width() * camera.height()];
    for (int y = 0, i = 0; y < camera.height(); y++) {
      for (int x = 0; x < camera.width(); x++, i++) {
        // n . (z r, z u, -z) = -nz distance
        double z = nz * distance / (nz - nx * camera.right(x) - ny * camera.up(y));
        depth[i] = z > 0 ? (float) z : Float.NaN;
      }
    }
    return new DepthMap(Kind.METRES, camera.width(), camera.height(), depth);
  }

  /** Left of a column at one distance, from it on at another. */
  static DepthMap step(int width, int height, int column, float left, float right) {
    float[] depth = new float[width * height];
    for (int i = 0; i < depth.length; i++) {
      depth[i] = i % width < column ? left : right;
    }
    return new DepthMap(Kind.METRES, width, height, depth);
  }

  /** A picture in which red is the column and green the row. */
  static RgbImage photo(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = (byte) (i % width);
      rgb[3 * i + 1] = (byte) (i / width);
    }
    return new RgbImage(width, height, rgb);
  }
}
