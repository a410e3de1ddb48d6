package dev.deltadepth.runtime;

import dev.deltadepth.core.DepthMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of one run, for the whole batch.
 *
 * @param batch pictures in the batch, N
 * @param height rows of each map, H
 * @param width columns of each map, W
 * @param disparity [N, H, W], row-major; larger is nearer, NaN where a depth was not above 0
 * @param features in the description's order
 */
public record ModelOutputs(
    int batch, int height, int width, float[] disparity, List<FeatureMap> features) {
  /** Copies the list. */
  public ModelOutputs {
    features = List.copyOf(features);
  }

  /** The map of each picture. */
  List<DepthMap> maps() {
    if (batch == 1) {
      return List.of(new DepthMap(DepthMap.Kind.DISPARITY, width, height, disparity));
    }
    int values = height * width;
    List<DepthMap> maps = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      float[] map = Arrays.copyOfRange(disparity, i * values, (i + 1) * values);
      maps.add(new DepthMap(DepthMap.Kind.DISPARITY, width, height, map));
    }
    return maps;
  }

  /** Whether the other one has the same values; NaN equals NaN. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModelOutputs that
        && batch == that.batch
        && height == that.height
        && width == that.width
        && Arrays.equals(disparity, that.disparity)
        && features.equals(that.features);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(batch, height, width, features) + Arrays.hashCode(disparity);
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "ModelOutputs[" + batch + " of " + width + "x" + height + ", features " + features + "]";
  }
}
