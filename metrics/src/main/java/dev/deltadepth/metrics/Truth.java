package dev.deltadepth.metrics;

import dev.deltadepth.core.DepthMap;
import java.util.Optional;

/** The ground truth of an image, and its edges if it is dense enough. Not thread-safe. */
public final class Truth {
  /** In sparser ground truth, edges would be those between lidar scan lines. */
  private static final double DENSE = 0.9;

  private final DepthMap map;
  private final Region region;
  private Optional<DepthMap> dense = Optional.empty();
  private boolean known;

  public Truth(DepthMap map, Region region) {
    this.map = map;
    this.region = region;
  }

  /** Metres, or disparity without a unit; NaN where unknown. */
  public DepthMap map() {
    return map;
  }

  /** The valid pixels. */
  public Region region() {
    return region;
  }

  /**
   * F1 of the depth edges of a disparity map of the truth's size; NaN if the truth is not dense or
   * the map is not disparity.
   */
  public double edges(DepthMap prediction) {
    if (!known) {
      dense = dense(map, region);
      known = true;
    }
    return dense.isEmpty() || prediction.kind() != DepthMap.Kind.DISPARITY
        ? Double.NaN
        : EdgeAgreement.of(prediction, dense.get()).f1();
  }

  /**
   * The disparity at valid pixels, NaN elsewhere; empty if too few pixels of the crop are valid.
   */
  private static Optional<DepthMap> dense(DepthMap map, Region region) {
    DepthMap disparity = region.disparity(map);
    int count = 0;
    for (float value : disparity.data()) {
      count += Float.isNaN(value) ? 0 : 1;
    }
    int area = region.crop().in(map.width(), map.height()).area();
    return count < DENSE * area ? Optional.empty() : Optional.of(disparity);
  }
}
