package dev.deltadepth.io.space;

import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;

/** The photo as the texture of a mesh, as JPEG. */
final class Texture {
  /** Graphics chips of phones take no more. */
  private static final int LONGEST = 4096;

  private static final float QUALITY = 0.92f;

  private Texture() {}

  static byte[] jpeg(RgbImage photo) {
    int longer = Math.max(photo.width(), photo.height());
    if (longer <= LONGEST) {
      return ImageFiles.jpeg(photo, QUALITY);
    }
    double scale = (double) LONGEST / longer;
    int width = Math.max(1, (int) Math.round(photo.width() * scale));
    int height = Math.max(1, (int) Math.round(photo.height() * scale));
    return ImageFiles.jpeg(Resizer.resize(photo, width, height, Resizer.Filter.BICUBIC), QUALITY);
  }
}
