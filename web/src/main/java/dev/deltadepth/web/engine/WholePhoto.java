package dev.deltadepth.web.engine;

import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;

/** A photo of which all pixels are in memory. */
record WholePhoto(RgbImage image) implements PhotoRows {

  @Override
  public int width() {
    return image.width();
  }

  @Override
  public int height() {
    return image.height();
  }

  @Override
  public void row(int y, float[] red, float[] green, float[] blue) {
    image.row(y, red, green, blue);
  }

  @Override
  public RgbImage resized(int width, int height) {
    return Resizer.resize(image, width, height);
  }

  @Override
  public void bytes(int y, byte[] rgb) {
    System.arraycopy(image.data(), y * rgb.length, rgb, 0, rgb.length);
  }
}
