package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.function.Function;

/**
 * A model that takes part.
 *
 * @param name what tables call it
 * @param estimator a photo in, its disparity at the photo's size out
 */
public record Contestant(String name, Function<RgbImage, DepthMap> estimator) {}
