package dev.deltadepth.onnx;

import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.NetworkException;
import java.util.Optional;

/**
 * The height and width of a map in terms of the input's: {@code ceil(side / stride)}, or 1 for a
 * stride of 0, rounded up to a multiple, then multiplied. Maps of equal extent have equal sizes for
 * every input size.
 */
record OnnxExtent(int stride, int multiple, int times) {
  /** One row and one column, for every input size. */
  static final OnnxExtent POINT = new OnnxExtent(0, 1);

  OnnxExtent(int stride, int multiple) {
    this(stride, multiple, 1);
  }

  /** Whether every side is a multiple of {@code n}, given the input's multiple. */
  boolean dividedBy(int n) {
    return multiple % n == 0 || (stride > 0 && (DepthNetwork.MULTIPLE / stride) % n == 0);
  }

  /** A symbolic name for its height or width, the same for equal extents; empty for a point. */
  Optional<String> side(String ofInput) {
    if (stride == 0) {
      return Optional.empty();
    }
    if (equals(new OnnxExtent(1, 1))) {
      return Optional.of(ofInput);
    }
    String cells = "ceil(" + ofInput + " / " + stride + ")";
    String whole = multiple == 1 ? cells : cells + " to a multiple of " + multiple;
    return Optional.of(times == 1 ? whole : whole + " * " + times);
  }

  /** The extent after a convolution with a stride. */
  OnnxExtent strided(int by) {
    if (by > 1 && (multiple > 1 || times > 1)) {
      throw new NetworkException("cannot express the size of " + this + " after stride " + by);
    }
    return by == 1 ? this : new OnnxExtent(stride * by, 1);
  }

  /** The extent with its sides multiplied by a factor. */
  OnnxExtent times(int factor) {
    return new OnnxExtent(stride, multiple, times * factor);
  }

  /** The extent after upsampling to twice the size. */
  OnnxExtent doubled() {
    if (stride < 2 || DepthNetwork.MULTIPLE % stride != 0 || multiple > 1 || times > 1) {
      throw new NetworkException("cannot express twice the size of " + this);
    }
    return new OnnxExtent(stride / 2, 1);
  }
}
