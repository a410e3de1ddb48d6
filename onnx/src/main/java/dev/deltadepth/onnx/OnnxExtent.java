package dev.deltadepth.onnx;

import dev.deltadepth.nn.NetworkException;
import java.util.Optional;

/**
 * The height and width of a map in terms of the picture's: {@code ceil(side / stride)}, or 1 for a
 * stride of 0, rounded up to a multiple, so many times. Maps of equal extent have equal sizes,
 * whatever the picture.
 */
record OnnxExtent(int stride, int multiple, int times) {
  /** One row and one column, whatever the picture. */
  static final OnnxExtent POINT = new OnnxExtent(0, 1);

  OnnxExtent(int stride, int multiple) {
    this(stride, multiple, 1);
  }

  /** Whether every side is a multiple of {@code n}, given the picture's multiple. */
  boolean dividedBy(int n) {
    return multiple % n == 0 || (stride > 0 && (OnnxOps.MULTIPLE / stride) % n == 0);
  }

  /** Its height or width in words, the same for equal extents; empty for a point. */
  Optional<String> side(String ofPicture) {
    if (stride == 0) {
      return Optional.empty();
    }
    if (equals(new OnnxExtent(1, 1))) {
      return Optional.of(ofPicture);
    }
    String cells = "ceil(" + ofPicture + " / " + stride + ")";
    String whole = multiple == 1 ? cells : cells + " to a multiple of " + multiple;
    return Optional.of(times == 1 ? whole : whole + " * " + times);
  }

  /** Behind a convolution of a stride. */
  OnnxExtent strided(int by) {
    if (by > 1 && (multiple > 1 || times > 1)) {
      throw new NetworkException("no extent says what a stride of " + by + " makes of " + this);
    }
    return by == 1 ? this : new OnnxExtent(stride * by, 1);
  }

  /** So many rows and columns for every one. */
  OnnxExtent times(int factor) {
    return new OnnxExtent(stride, multiple, times * factor);
  }

  /** Twice as many rows and columns. */
  OnnxExtent doubled() {
    if (stride < 2 || OnnxOps.MULTIPLE % stride != 0 || multiple > 1 || times > 1) {
      throw new NetworkException("no extent says what twice the size makes of " + this);
    }
    return new OnnxExtent(stride / 2, 1);
  }
}
