package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Tensor;

/**
 * A training loss on the student's map, named and weighted by recipes. Every loss is one file: it
 * knows its name, its parameters and how to handle missing target values. {@link Losses} lists them
 * all. To add your own, give its class a public constructor without parameters and list it in
 * {@code META-INF/services/dev.deltadepth.distill.loss.Loss}.
 *
 * <p>The result is a scalar of the maps' type, differentiable by autograd. Value and gradient are
 * finite for finite input, including constant maps and zero disparity; the derivative of |x| at 0
 * is 0. The caller owns the native memory: wrap the whole training step in one {@code
 * PointerScope}.
 */
public interface Loss {

  /** The name in recipes, in kebab case. */
  String name();

  /**
   * The loss.
   *
   * @param maps prediction, target and, if values are missing, a mask; masked elements have no
   *     influence, and without a valid element the loss is 0
   */
  Tensor of(Maps maps);
}
