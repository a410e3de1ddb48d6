package dev.deltadepth.video.clip;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import java.util.function.Function;

/**
 * The network of a job.
 *
 * @param name what tells it from others, such as the hash of its file
 * @param size the size at which it sees frames of a size
 * @param run gives the disparity of a frame at that size; several threads ask at the same time
 * @param threads how many of them should
 */
public record ClipModel(String name, SizeRule size, Function<RgbImage, DepthMap> run, int threads) {

  /** The size at which a network sees frames. */
  @FunctionalInterface
  public interface SizeRule {
    /** The size for frames of a width and height in pixels. */
    InputSize of(int width, int height);
  }
}
