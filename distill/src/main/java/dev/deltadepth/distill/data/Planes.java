package dev.deltadepth.distill.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Feature maps of one size for a batch: the output of one encoder stage.
 *
 * @param channels per image, C
 * @param height rows, H
 * @param width columns, W
 * @param data [N, C, H, W], row-major
 */
public record Planes(int channels, int height, int width, float[] data) {

  /** Whether the other one has the same values; NaN equals NaN. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Planes that
        && channels == that.channels
        && height == that.height
        && width == that.width
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(channels, height, width) + Arrays.hashCode(data);
  }

  /** Names its sizes, not its values. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Planes[%d of %dx%d]", channels, width, height);
  }
}
