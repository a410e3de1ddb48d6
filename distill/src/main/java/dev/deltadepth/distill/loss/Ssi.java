package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Tensor;

/**
 * Scale-and-shift-invariant error: mean |p^ - t^| of the normalised maps (Ranftl et al. 2020,
 * equation 7).
 *
 * @param deviation used for the normalisation
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
