package dev.deltadepth.video.write;

import dev.deltadepth.core.RgbImage;

/** What is written of a frame. */
public sealed interface Drawn {
  /** A picture in colours. */
  record Colours(RgbImage picture) implements Drawn {}

  /**
   * The same as video encoders take it: a byte a pixel for light, then two planes of half the sides
   * for colour, of a size that needs no widening.
   */
  record Planes(byte[] data) implements Drawn {}

  /** 16-bit grey, a value a pixel, row-major. */
  record Grey(char[] values) implements Drawn {}

  /** Nothing more: it is written, or was there. */
  record Nothing() implements Drawn {}
}
