package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.datasets.Crop;
import dev.deltadepth.datasets.Region;
import java.util.Arrays;
import java.util.Optional;

/** The ground truth of a picture, and its edges if it is dense enough to have any; one thread's. */
final class Truth {
  /** In sparser ground truth, the laser's lines are the edges. */
  private static final double DENSE = 0.9;

  private final DepthMap map;
  private final Region region;
  private Optional<DepthMap> dense = Optional.empty();
  private boolean known;

  Truth(DepthMap map, Region region) {
    this.map = map;
    this.region = region;
  }

  /** Metres, or disparity without unit; NaN where there is none. */
  DepthMap map() {
    return map;
  }

  /** Which pixels count. */
  Region region() {
    return region;
  }

  /**
   * F1 of the depth edges of a disparity of the truth's size; NaN if the truth is not dense or the
   * map holds depth.
   */
  double edges(DepthMap prediction) {
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
    boolean metric = map.kind() == DepthMap.Kind.METRES;
    Crop.Box box = region.crop().in(map.width(), map.height());
    float[] values = new float[map.data().length];
    Arrays.fill(values, Float.NaN);
    int count = 0;
    for (int y = box.top(); y < box.bottom(); y++) {
      for (int x = box.left(); x < box.right(); x++) {
        float value = map.value(x, y);
        if (metric ? value > region.nearestMetres() && value < region.capMetres() : value > 0) {
          values[y * map.width() + x] = metric ? 1 / value : value;
          count++;
        }
      }
    }
    int area = (box.right() - box.left()) * (box.bottom() - box.top());
    return count < DENSE * area
        ? Optional.empty()
        : Optional.of(new DepthMap(DepthMap.Kind.DISPARITY, map.width(), map.height(), values));
  }
}
