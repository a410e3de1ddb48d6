package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Tensor;

/** Mean |p - t|. */
public record L1() implements Loss {

  @Override
  public String name() {
    return "l1";
  }

  @Override
  public Tensor of(Maps maps) {
    Tensor distances = maps.difference().abs();
    return maps.mask()
        .map(mask -> Masks.meanOver(distances, Masks.invalid(mask)))
        .orElseGet(distances::mean);
  }
}
