package dev.deltadepth.android.work;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.Upsampling;

/**
 * What the network said about a photo.
 *
 * @param map as the network returned it, small
 * @param shown the map along the photo's edges, for the screen
 * @param window of values that colours are stretched over
 * @param milliseconds from the photo to the map on the screen
 * @param engine what the network ran on
 */
public record Estimate(
    DepthMap map, DepthMap shown, Normalization window, long milliseconds, Engine engine) {

  /** The map at the photo's own size. */
  DepthMap whole(Photo photo) {
    return Upsampling.JOINT.enlarge(map, photo.pixels());
  }
}
