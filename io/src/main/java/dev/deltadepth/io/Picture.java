package dev.deltadepth.io;

import dev.deltadepth.core.RgbImage;
import java.util.List;

/**
 * A picture that was read.
 *
 * @param image upright, in 8-bit sRGB
 * @param notes what its user should know: that its end was missing, that it was reduced; each a
 *     sentence that names the file
 */
public record Picture(RgbImage image, List<String> notes) {

  /** Copies the list. */
  public Picture {
    notes = List.copyOf(notes);
  }

  /** A picture of which there is nothing to say. */
  public static Picture of(RgbImage image) {
    return new Picture(image, List.of());
  }
}
