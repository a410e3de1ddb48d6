package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Tensor;

/**
 * A training loss between an intermediate map of the student and one of the teacher, named and
 * weighted by recipes. {@link Losses} lists them.
 */
public interface FeatureLoss {

  /** The name in recipes, in kebab case. */
  String name();

  /**
   * Whether the student's map first passes a learned 1x1 convolution, the adapter, which gives it
   * the teacher's number of channels (Romero et al., FitNets, 2015). Adapters are trained but not
   * exported.
   */
  boolean adapted();

  /**
   * The loss, a scalar.
   *
   * @param student [N, C, H, W]
   * @param teacher [N, C, H, W] if {@link #adapted}, else with any number of channels
   */
  Tensor of(Tensor student, Tensor teacher);
}
