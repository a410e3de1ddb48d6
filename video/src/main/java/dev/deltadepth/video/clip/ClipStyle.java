package dev.deltadepth.video.clip;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.Upsampling;
import dev.deltadepth.core.view.Stereo;

/**
 * How depth is drawn.
 *
 * @param colours of the coloured formats
 * @param nearIsDark whether near is dark, in 16-bit grey too
 * @param upsampling how maps are brought to the frames' size
 * @param stereo how deep stereo pictures look
 */
public record ClipStyle(
    Colormap colours, boolean nearIsDark, Upsampling upsampling, Stereo stereo) {

  /** Near is bright, along the edges of the frames. */
  public static ClipStyle of(Colormap colours) {
    return new ClipStyle(colours, false, Upsampling.JOINT, Stereo.defaults());
  }
}
