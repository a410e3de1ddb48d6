package dev.deltadepth.web.engine;

import dev.deltadepth.core.Guide;
import dev.deltadepth.core.RgbImage;

/** A photo that is read row by row. */
interface PhotoRows extends Guide {

  /** The photo at another, smaller size. */
  RgbImage resized(int width, int height);

  /**
   * The bytes of a row.
   *
   * @param rgb gets three bytes a pixel
   */
  void bytes(int y, byte[] rgb);
}
