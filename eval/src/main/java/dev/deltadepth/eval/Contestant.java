package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.function.Function;

/**
 * A model in an evaluation.
 *
 * @param name its name in tables
 * @param identity key of its stored results: the hash of its weights and its input size
 * @param estimator maps a photo to disparity of the photo's size; called by several threads
 */
public record Contestant(String name, String identity, Function<RgbImage, DepthMap> estimator) {

  /** A model whose results are not stored beyond the run. */
  public Contestant(String name, Function<RgbImage, DepthMap> estimator) {
    this(name, name, estimator);
  }
}
