package dev.deltadepth.distill.loss;

import static org.bytedeco.pytorch.global.torch.pad;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;

/** How a filter pads a map. */
public enum Padding {
  /** Zeros. */
  ZERO,
  /** The border value repeated. */
  REPLICATE,
  /** Reflection without the border value: d[-1] = d[1]. */
  REFLECT,
  /** No padding: the filtered map is smaller. */
  VALID;

  /** Pads a map [N, C, H, W] by one row or column on each side, except for {@link #VALID}. */
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
