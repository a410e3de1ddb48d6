package dev.deltadepth.web.browser;

import dev.deltadepth.core.RgbImage;
import org.teavm.jso.typedarrays.ArrayBuffer;
import org.teavm.jso.typedarrays.Int32Array;
import org.teavm.jso.typedarrays.Int8Array;

/** Pixels with and without alpha: browsers have four bytes a pixel, Delta three. */
public final class Pixels {

  private Pixels() {}

  /**
   * An image of RGBA bytes, converted in place, so that a photo is in memory only once.
   *
   * @param rgba {@code height * width * 4} bytes, row-major; they are overwritten
   */
  public static RgbImage withoutAlpha(ArrayBuffer rgba, int width, int height) {
    int pixels = width * height;
    // Four pixels at a time, as three words, which takes a fraction of the time of bytes.
    int[] words = new Int32Array(rgba).toJavaArray();
    int fours = pixels / 4;
    for (int i = 0, from = 0, to = 0; i < fours; i++, from += 4, to += 3) {
      int second = words[from + 1];
      int third = words[from + 2];
      words[to] = (words[from] & 0xffffff) | (second << 24);
      words[to + 1] = ((second >>> 8) & 0xffff) | (third << 16);
      words[to + 2] = ((third >>> 16) & 0xff) | (words[from + 3] << 8);
    }
    byte[] bytes = new Int8Array(rgba).toJavaArray();
    for (int i = 4 * fours, from = 4 * i, to = 3 * i; i < pixels; i++, from += 4, to += 3) {
      bytes[to] = bytes[from];
      bytes[to + 1] = bytes[from + 1];
      bytes[to + 2] = bytes[from + 2];
    }
    return new RgbImage(width, height, new Int8Array(rgba, 0, pixels * 3).toJavaArray());
  }

  /**
   * RGBA bytes of RGB bytes, opaque.
   *
   * @param rgb three bytes a pixel
   * @return four bytes a pixel
   */
  public static byte[] withAlpha(byte[] rgb) {
    byte[] rgba = new byte[rgb.length / 3 * 4];
    withAlpha(rgb, rgba);
    return rgba;
  }

  /** The same into an array that is there already and may be longer. */
  public static void withAlpha(byte[] rgb, byte[] rgba) {
    for (int from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
      rgba[to] = rgb[from];
      rgba[to + 1] = rgb[from + 1];
      rgba[to + 2] = rgb[from + 2];
      rgba[to + 3] = (byte) 255;
    }
  }
}
