package dev.deltadepth.distill.loss;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Arithmetic on the valid elements of maps. */
final class Masks {

  private Masks() {}

  /** Where a mask is 0. */
  static Tensor invalid(Tensor mask) {
    return mask.eq(new Scalar(0.0));
  }

  /** A mask as 0 and 1. */
  static Tensor valid(Tensor mask) {
    return mask.ne(new Scalar(0.0)).to(torch.ScalarType.Float);
  }

  /** 1 where an element is valid, 0 elsewhere, with the type of {@code like}. */
  static Tensor weights(Tensor invalid, Tensor like) {
    return invalid.logical_not().to(like.scalar_type());
  }

  /** Which elements have an invalid one in the square around them, whose side is odd. */
  static Tensor near(Tensor invalid, long side) {
    long[] square = {side, side};
    long[] ones = {1, 1};
    long[] padding = {side / 2, side / 2};
    Tensor found = invalid.to(torch.ScalarType.Float);
    return torch.max_pool2d(found, square, ones, padding, ones, false).gt(new Scalar(0.0));
  }

  /** p - t, 0 where not valid. */
  static Tensor difference(Tensor p, Tensor t, Tensor invalid) {
    Scalar zero = new Scalar(0.0);
    return p.masked_fill(invalid, zero).sub(t.masked_fill(invalid, zero));
  }

  /** The mean over the valid elements of values that are 0 elsewhere. */
  static Tensor meanOver(Tensor values, Tensor invalid) {
    return values.sum().div(atLeastOne(weights(invalid, values).sum()));
  }

  /** At least 1, to divide by the count of an empty mask. */
  static Tensor atLeastOne(Tensor count) {
    return count.clamp_min(new Scalar(1.0));
  }
}
