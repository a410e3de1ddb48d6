package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Tensor;

/**
 * A training loss of the student's map, which recipes name and weight. Every loss is one file: it
 * knows its name, its parameters and what it does where the target has no value. {@link Losses}
 * lists them all; one of your own is found when its class, with a public constructor without
 * parameters, is named in {@code META-INF/services/dev.deltadepth.distill.loss.Loss}.
 *
 * <p>The result is a scalar of the maps' type, differentiable by autograd. It and its gradient stay
 * finite for finite input, constant maps and zero disparity included; the derivative of |x| at 0 is
 * 0. The caller owns the native memory: one {@code PointerScope} around the whole training step.
 */
public interface Loss {

  /** The name in recipes, in kebab case. */
  String name();

  /**
   * The loss.
   *
   * @param maps prediction, target and, if there are holes, their mask; elements that the mask
   *     hides have no influence, and without a valid element the loss is 0
   */
  Tensor of(Maps maps);
}
