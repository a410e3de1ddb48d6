package dev.deltadepth.distill.loss;

import static org.bytedeco.pytorch.global.torch.pad;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;

/** How a filter treats the border of a map. */
public enum Padding {
  /** Zeros around it. */
  ZERO,
  /** The border value repeated. */
  REPLICATE,
  /** Reflected without the border: d[-1] = d[1]. */
  REFLECT,
  /** No padding: the filtered map is smaller. */
  VALID;

  /** A map [N, C, H, W] with one row and one column more on each side, or as it is. */
  Tensor byOne(Tensor map) {
    long[] sides = {1, 1, 1, 1};
    return switch (this) {
      case ZERO -> pad(map, sides, "constant", new DoubleOptional());
      case REPLICATE -> pad(map, sides, "replicate", new DoubleOptional());
      case REFLECT -> pad(map, sides, "reflect", new DoubleOptional());
      case VALID -> map;
    };
  }
}
