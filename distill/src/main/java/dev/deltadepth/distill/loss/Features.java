package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Feature matching behind an adapter (Romero et al., FitNets, 2015): mean |s - t| of the student's
 * adapted map and the teacher's or, normalised, mean (s - t)^2 once every channel of the teacher's
 * has mean 0 and deviation 1 over the batch.
 *
 * @param normalized whether the teacher's channels are normalised
 */
public record Features(boolean normalized) implements FeatureLoss {

  private static final double SMALLEST_DEVIATION = 1e-4;

  @Override
  public String name() {
    return normalized ? "features-normalized" : "features";
  }

  @Override
  public boolean adapted() {
    return true;
  }

  @Override
  public Tensor of(Tensor student, Tensor teacher) {
    Maps.requireSameShape(student, teacher);
    return normalized
        ? student.sub(normalize(teacher)).square().mean()
        : student.sub(teacher).abs().mean();
  }

  private static Tensor normalize(Tensor x) {
    long[] axes = {0, 2, 3};
    Tensor centred = x.sub(x.mean(axes, true, new ScalarTypeOptional()));
    Tensor variance = centred.square().mean(axes, true, new ScalarTypeOptional());
    return centred.div(variance.sqrt().clamp_min(new Scalar(SMALLEST_DEVIATION)));
  }
}
