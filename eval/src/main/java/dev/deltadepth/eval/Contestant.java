package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.function.Function;

/**
 * A model in an evaluation.
 *
 * @param name its name in tables
 * @param identity key of its stored results: the hash of its weights and its input size
 * @param predictor maps an image to disparity
 */
public record Contestant(String name, String identity, Predictor predictor) {

  /**
   * A model that needs only the image.
   *
   * @param estimator maps a photo to disparity of the photo's size; called by several threads
   */
  public Contestant(String name, String identity, Function<RgbImage, DepthMap> estimator) {
    this(name, identity, (image, set, id) -> estimator.apply(image));
  }

  /** A model whose results are not stored beyond the run. */
  public Contestant(String name, Function<RgbImage, DepthMap> estimator) {
    this(name, name, estimator);
  }

  /** Its map of an image that belongs to no data set. */
  public DepthMap estimate(RgbImage image) {
    return predictor.predict(image, "", "");
  }
}
