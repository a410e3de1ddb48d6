package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Mean |p - t| of each sample without its worst tenth (Ranftl et al. 2020, section 5), where the
 * teacher is most likely wrong. With a mask, over the samples that have a valid element.
 */
public record L1Trimmed() implements Loss {

  /** Share of the elements that counts. */
  private static final double KEPT = 0.9;

  @Override
  public String name() {
    return "l1-trimmed";
  }

  @Override
  public Tensor of(Maps maps) {
    return maps.mask()
        .map(mask -> masked(maps.prediction(), maps.target(), mask))
        .orElseGet(() -> trimmed(maps.difference().abs().flatten(1, -1)));
  }

  private static Tensor masked(Tensor prediction, Tensor target, Tensor mask) {
    Tensor valid = Masks.invalid(mask).logical_not();
    Tensor total = prediction.sum().mul(new Scalar(0.0));
    int samples = 0;
    for (long i = 0; i < prediction.size(0); i++) {
      Tensor p = prediction.select(0, i).masked_select(valid.select(0, i));
      Tensor t = target.select(0, i).masked_select(valid.select(0, i));
      if (p.numel() > 0) {
        total = total.add(trimmed(p.sub(t).abs().unsqueeze(0)));
        samples++;
      }
    }
    return total.div(new Scalar((double) Math.max(1, samples)));
  }

  /** The mean over the smallest distances of each row. */
  private static Tensor trimmed(Tensor distances) {
    long kept = Math.max(1, (long) Math.ceil(KEPT * distances.size(1)));
    Tensor limit = distances.detach().kthvalue(kept, 1, true).get0();
    Tensor inside = distances.le(limit).to(distances.scalar_type());
    return distances.mul(inside).sum().div(inside.sum());
  }
}
