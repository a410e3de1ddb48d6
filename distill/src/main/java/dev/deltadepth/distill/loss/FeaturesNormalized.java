package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Mean (s - t)^2 of the student's adapted map and the teacher's, whose channels are normalised to
 * mean 0 and standard deviation 1 over the batch.
 */
public record FeaturesNormalized() implements FeatureLoss {

  private static final double SMALLEST_DEVIATION = 1e-4;

  @Override
  public String name() {
    return "features-normalized";
  }

  @Override
  public boolean adapted() {
    return true;
  }

  @Override
  public Tensor of(Tensor student, Tensor teacher) {
    Maps.requireSameShape(student, teacher);
    return student.sub(normalized(teacher)).square().mean();
  }

  private static Tensor normalized(Tensor x) {
    long[] axes = {0, 2, 3};
    Tensor centred = x.sub(x.mean(axes, true, new ScalarTypeOptional()));
    Tensor variance = centred.square().mean(axes, true, new ScalarTypeOptional());
    return centred.div(variance.sqrt().clamp_min(new Scalar(SMALLEST_DEVIATION)));
  }
}
