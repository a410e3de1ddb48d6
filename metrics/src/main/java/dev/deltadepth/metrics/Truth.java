package dev.deltadepth.metrics;

import dev.deltadepth.core.DepthMap;
import java.util.Optional;

/** The ground truth of a picture, and its edges if it is dense enough to have any; one thread's. */
public final class Truth {
  /** In sparser ground truth, the laser's lines are the edges. */
  private static final double DENSE = 0.9;

  private final DepthMap map;
  private final Region region;
  private Optional<DepthMap> dense = Optional.empty();
  private boolean known;

  public Truth(DepthMap map, Region region) {
    this.map = map;
    this.region = region;
  }

  /** Metres, or disparity without unit; NaN where there is none. */
  public DepthMap map() {
    return map;
  }

  /** Which pixels count. */
  public Region region() {
    return region;
  }

  /**
   * F1 of the depth edges of a disparity of the truth's size; NaN if the truth is not dense or the
   * map holds depth.
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

  /** The disparity of the pixels that count, NaN elsewhere; empty if too few of the crop count. */
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
