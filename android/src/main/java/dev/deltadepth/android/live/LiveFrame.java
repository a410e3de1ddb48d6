package dev.deltadepth.android.live;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.live.YuvFrame;

/**
 * A frame of a camera, and how it is to be seen.
 *
 * @param frame as the camera has it
 * @param degrees by which it is turned clockwise to stand upright: 0, 90, 180 or 270
 * @param mirrored whether it is shown as in a mirror, which is what people expect of themselves
 */
public record LiveFrame(YuvFrame frame, int degrees, boolean mirrored) {
  /** The picture, upright. */
  RgbImage picture() {
    return frame.picture(degrees, mirrored);
  }
}
