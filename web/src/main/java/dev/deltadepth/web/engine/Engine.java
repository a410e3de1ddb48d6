package dev.deltadepth.web.engine;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.web.browser.Place;
import java.util.function.Consumer;

/** Estimates depth on the device or on the server, one image at a time. */
public interface Engine {

  /** Where this engine runs. */
  Place place();

  /**
   * Estimates the depth of an image.
   *
   * @param image of any size from 1x1
   * @param size shorter side of the network's input in pixels; 0 for its native size
   * @param done receives disparity at any size with the image's aspect ratio, 0..1, larger = nearer
   * @param failed receives what went wrong
   */
  void estimate(RgbImage image, int size, Consumer<Estimate> done, Consumer<String> failed);

  /** Frees what the engine holds; it estimates no more. */
  default void close() {}

  /**
   * A map and the time it took.
   *
   * @param map disparity at the network's size
   * @param milliseconds from the network's input to its output, or from request to response
   * @param place where it was estimated
   */
  record Estimate(DepthMap map, double milliseconds, Place place) {}
}
