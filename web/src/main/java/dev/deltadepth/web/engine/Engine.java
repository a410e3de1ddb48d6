package dev.deltadepth.web.engine;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.web.browser.Place;
import java.util.function.Consumer;

/** What makes a map of a picture: the device or the server. One picture at a time. */
public interface Engine {

  /** Where this one runs. */
  Place place();

  /**
   * Estimates a picture.
   *
   * @param picture any size from 1x1
   * @param size the shorter side that the network sees, in pixels; 0 for its native size
   * @param done gets the disparity at any size of the picture's aspect ratio, 0..1, larger = nearer
   * @param failed gets what went wrong
   */
  void estimate(RgbImage picture, int size, Consumer<Estimate> done, Consumer<String> failed);

  /**
   * A map and its price.
   *
   * @param map disparity at the network's size
   * @param milliseconds from the network's input to its output, or from request to answer
   */
  record Estimate(DepthMap map, double milliseconds) {}
}
