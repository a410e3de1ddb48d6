package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.function.Function;

/**
 * A model that takes part.
 *
 * @param name what tables call it
 * @param identity what its results are kept under: the hash of its weights and the size at which it
 *     runs
 * @param estimator a photo in, its disparity at the photo's size out; called by several threads
 */
public record Contestant(String name, String identity, Function<RgbImage, DepthMap> estimator) {

  /** A model whose results are not kept beyond the run. */
  public Contestant(String name, Function<RgbImage, DepthMap> estimator) {
    this(name, name, estimator);
  }
}
