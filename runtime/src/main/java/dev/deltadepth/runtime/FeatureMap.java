package dev.deltadepth.runtime;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An encoder map of a whole batch.
 *
 * @param name its name in the graph
 * @param channels values per cell, C
 * @param height rows of cells, h
 * @param width columns of cells, w
 * @param data [N, C, h, w], row-major
 */
public record FeatureMap(String name, int channels, int height, int width, float[] data) {
  /** Whether the other one has the same values; NaN equals NaN. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FeatureMap that
        && name.equals(that.name)
        && channels == that.channels
        && height == that.height
        && width == that.width
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(name, channels, height, width) + Arrays.hashCode(data);
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "FeatureMap[" + name + ", " + channels + " of " + width + "x" + height + "]";
  }
}
