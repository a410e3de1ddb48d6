package dev.deltadepth.runtime;

import dev.deltadepth.core.RgbImage;
import java.util.Random;

/** Pictures made on the spot. */
final class Photos {
  private Photos() {}

  /** Red rises from left to right, green from top to bottom, blue is noise. */
  static RgbImage gradient(int width, int height) {
    byte[] data = new byte[width * height * 3];
    Random random = new Random(3);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = (y * width + x) * 3;
        data[i] = (byte) (255 * x / Math.max(1, width - 1));
        data[i + 1] = (byte) (255 * y / Math.max(1, height - 1));
        data[i + 2] = (byte) random.nextInt(256);
      }
    }
    return new RgbImage(width, height, data);
  }

  /** One colour. */
  static RgbImage plain(int width, int height, int red, int green, int blue) {
    byte[] data = new byte[width * height * 3];
    for (int i = 0; i < data.length; i += 3) {
      data[i] = (byte) red;
      data[i + 1] = (byte) green;
      data[i + 2] = (byte) blue;
    }
    return new RgbImage(width, height, data);
  }
}
