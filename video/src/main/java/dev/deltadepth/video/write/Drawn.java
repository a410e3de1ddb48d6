package dev.deltadepth.video.write;

import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is written of a frame. */
public sealed interface Drawn {
  /** A picture in colours. */
  record Colours(RgbImage picture) implements Drawn {}

  /**
   * The same as video encoders take it: a byte a pixel for light, then two planes of half the sides
   * for colour, of a size that needs no widening.
   */
  record Planes(byte[] data) implements Drawn {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Planes that && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(data);
    }
  }

  /** 16-bit grey, a value a pixel, row-major. */
  record Grey(char[] values) implements Drawn {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Grey that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  /** Nothing more: it is written, or was there. */
  record Nothing() implements Drawn {}
}
