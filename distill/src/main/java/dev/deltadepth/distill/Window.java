package dev.deltadepth.distill;

import dev.deltadepth.core.RgbImage;
import java.util.List;

/**
 * A part of a photo.
 *
 * @param contentHash SHA-256, in hex, of the photo's file
 * @param photo decoded
 * @param crop where the part lies in it
 */
public record Window(String contentHash, RgbImage photo, Crop crop) {

  /** The whole of a photo. */
  public static Window whole(String contentHash, RgbImage photo) {
    return new Window(contentHash, photo, Crop.whole(photo.width(), photo.height()));
  }

  /** The windows as [N, 3, height, width], RGB in [0, 1]. */
  static float[] draw(List<Window> windows, int height, int width) {
    int values = 3 * height * width;
    float[] rgb = new float[windows.size() * values];
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      window.crop().draw(window.photo(), rgb, i * values, height, width);
    }
    return rgb;
  }
}
