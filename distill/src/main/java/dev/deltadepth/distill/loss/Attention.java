package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Attention matching (Zagoruyko and Komodakis 2017): mean squared difference of the features' mean
 * absolute value over the channels. The channel counts may differ.
 *
 * @param normalized whether each sample's attention map is divided by its Euclidean norm
 */
public record Attention(boolean normalized) implements FeatureLoss {

  /** Lower bound before the root, whose derivative at 0 is infinite: (1e-12)^2. */
  private static final double SMALLEST_SQUARE = 1e-24;

  @Override
  public String name() {
    return normalized ? "attention-normalized" : "attention";
  }

  @Override
  public boolean adapted() {
    return false;
  }

  @Override
  public Tensor of(Tensor student, Tensor teacher) {
    Tensor s = map(student);
    Tensor t = map(teacher);
    Maps.requireSameShape(s, t);
    return s.sub(t).square().mean();
  }

  private Tensor map(Tensor feature) {
    Tensor map = feature.abs().mean(1);
    return normalized ? unitLength(map.flatten(1, -1)) : map;
  }

  private static Tensor unitLength(Tensor rows) {
    Tensor length =
        rows.square()
            .sum(new long[] {1}, true, new ScalarTypeOptional())
            .clamp_min(new Scalar(SMALLEST_SQUARE))
            .sqrt();
    return rows.div(length);
  }
}
