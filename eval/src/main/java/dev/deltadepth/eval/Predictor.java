package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;

/** Gives the map of an image; called by several threads. */
@FunctionalInterface
public interface Predictor {
  /**
   * The map of an image.
   *
   * @param set the name of its set; empty outside of data sets
   * @param id its name in the set; empty outside of data sets
   * @return disparity of any size with the image's aspect ratio
   */
  DepthMap predict(RgbImage image, String set, String id);
}
