package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Tensor;

/** {@link L1Trimmed} of the maps with scale and shift removed. */
public record SsiTrimmed() implements Loss {

  @Override
  public String name() {
    return "ssi-trimmed";
  }

  @Override
  public Tensor of(Maps maps) {
    return new L1Trimmed().of(maps.normalized(Deviation.MEAN));
  }
}
