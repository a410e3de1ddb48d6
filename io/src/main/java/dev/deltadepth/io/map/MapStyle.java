package dev.deltadepth.io.map;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Normalization;
import java.util.function.Function;

/**
 * How maps become pictures; the formats that hold the values themselves do not depend on it.
 *
 * @param colours of the coloured formats
 * @param range the values of a map that become the darkest and the brightest
 * @param nearIsDark whether the nearest is dark, or has the colour map's first colour
 */
public record MapStyle(
    Colormap colours, Function<DepthMap, Normalization> range, boolean nearIsDark) {

  /** Near is bright, in the range of {@link Normalization#ofMost}. */
  public static MapStyle of(Colormap colours) {
    return new MapStyle(colours, map -> Normalization.ofMost(map.data()), false);
  }

  /** The same with another range, or one for each map. */
  public MapStyle withRange(Function<DepthMap, Normalization> other) {
    return new MapStyle(colours, other, nearIsDark);
  }

  /** The same with near dark, or bright. */
  public MapStyle withNearDark(boolean dark) {
    return new MapStyle(colours, range, dark);
  }
}
