package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Tensor;

/** Mean |s - t| of the student's adapted map and the teacher's. */
public record Features() implements FeatureLoss {

  @Override
  public String name() {
    return "features";
  }

  @Override
  public boolean adapted() {
    return true;
  }

  @Override
  public Tensor of(Tensor student, Tensor teacher) {
    Maps.requireSameShape(student, teacher);
    return student.sub(teacher).abs().mean();
  }
}
