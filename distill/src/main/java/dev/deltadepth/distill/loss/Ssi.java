package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Tensor;

/**
 * Mean |p^ - t^| of the maps without scale and shift (Ranftl et al. 2020, equation 7).
 *
 * @param deviation that the maps are divided by
 */
public record Ssi(Deviation deviation) implements Loss {

  @Override
  public String name() {
    return "ssi";
  }

  @Override
  public Tensor of(Maps maps) {
    return new L1().of(maps.normalized(deviation));
  }
}
