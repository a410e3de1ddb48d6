package dev.deltadepth.distill.data;

import dev.deltadepth.core.DepthMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Depth that is known beforehand, by picture: exact for rendered scenes, measured, or another
 * network's. Maps are read on first use and cached within a budget. Safe for use by several threads
 * once all pictures are added.
 */
public final class KnownDepth {

  private final Map<String, Source> sources = new HashMap<>();
  private final Cache<String, Planes> cache;

  /**
   * @param budget for decoded maps
   */
  public KnownDepth(MemoryBudget budget) {
    cache = new Cache<>(budget, planes -> 4L * planes.data().length);
  }

  /**
   * The depth of one picture.
   *
   * @param disparity reads it: larger = nearer, NaN where unknown; of any size, showing all of the
   *     picture
   * @param absolute whether 0 is infinitely far, as in 1/metres; otherwise the offset is unknown
   * @param roughEdges whether its edges are off by some pixels
   */
  public record Source(Supplier<DepthMap> disparity, boolean absolute, boolean roughEdges) {}

  /** Adds a picture's depth; the same picture has the last depth added. */
  public void add(String contentHash, Source source) {
    sources.put(contentHash, source);
  }

  /** Whether it knows the depth of a window's picture. */
  public boolean knows(Window window) {
    return sources.containsKey(window.contentHash());
  }

  /** The source of a window's picture, which must be known. */
  public Source source(Window window) {
    return Objects.requireNonNull(sources.get(window.contentHash()), window.contentHash());
  }

  /**
   * Draws the disparity of a known window, each pixel from the nearest value of the map, so that
   * there is none between a foreground and its background.
   *
   * @param out written at {@code offset} as [height, width]; NaN where unknown
   */
  public void draw(Window window, float[] out, int offset, int height, int width) {
    window
        .crop()
        .drawNearest(
            planes(window),
            window.photo().width(),
            window.photo().height(),
            out,
            offset,
            height,
            width);
  }

  private Planes planes(Window window) {
    return cache.get(
        window.contentHash(),
        () -> {
          DepthMap map = source(window).disparity().get().require(DepthMap.Kind.DISPARITY);
          return new Planes(1, map.height(), map.width(), map.data());
        });
  }
}
