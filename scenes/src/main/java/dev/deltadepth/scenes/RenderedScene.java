package dev.deltadepth.scenes;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;

/**
 * A rendered picture and the depth at every pixel's centre.
 *
 * @param image the picture
 * @param depthMetres distance along the optical axis in metres, positive infinity in the sky; exact
 *     up to the rounding to float
 */
public record RenderedScene(RgbImage image, DepthMap depthMetres) {

  /**
   * Checks that the two match.
   *
   * @throws IllegalArgumentException if the map is not in metres or the sizes differ
   */
  public RenderedScene {
    depthMetres.require(DepthMap.Kind.METRES);
    if (image.width() != depthMetres.width() || image.height() != depthMetres.height()) {
      throw new IllegalArgumentException("the picture and its depth differ in size");
    }
  }

  /** The inverse depth in 1/metres: larger = nearer, 0 in the sky. */
  public DepthMap disparity() {
    float[] metres = depthMetres.data();
    float[] disparity = new float[metres.length];
    for (int i = 0; i < metres.length; i++) {
      disparity[i] = 1 / metres[i];
    }
    return new DepthMap(
        DepthMap.Kind.DISPARITY, depthMetres.width(), depthMetres.height(), disparity);
  }
}
