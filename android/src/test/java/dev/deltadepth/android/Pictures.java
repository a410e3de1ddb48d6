package dev.deltadepth.android;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.view.PngEncoder;
import dev.deltadepth.scenes.Scene;
import dev.deltadepth.scenes.SceneRenderer;

/** Rendered scenes as the files that other apps lend. */
final class Pictures {
  private static final RgbImage STREET =
      new SceneRenderer(640, 480, 1).render(Scene.of(Scene.Kind.STREET, 2)).image();

  private Pictures() {}

  /** A street, 640 by 480 pixels. */
  static RgbImage street() {
    return STREET;
  }

  /** A file that every decoder reads alike. */
  static byte[] png(RgbImage image) {
    return PngEncoder.rgb(image);
  }

  /**
   * A JPEG with EXIF data (TIFF 6, section 2) which say that it is to be turned a quarter right.
   */
  static byte[] turnedRight(byte[] jpeg) {
    int[] exif = {
      0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0,
      3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0
    };
    byte[] both = new byte[jpeg.length + exif.length];
    System.arraycopy(jpeg, 0, both, 0, 2);
    for (int i = 0; i < exif.length; i++) {
      both[2 + i] = (byte) exif[i];
    }
    System.arraycopy(jpeg, 2, both, 2 + exif.length, jpeg.length - 2);
    return both;
  }
}
