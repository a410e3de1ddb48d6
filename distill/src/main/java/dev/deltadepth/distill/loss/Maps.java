package dev.deltadepth.distill.loss;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * The input of a {@link Loss}: the student's and the teacher's maps, [N, 1, H, W] of float32 or
 * float64, and which elements are valid. Not safe for use by several threads.
 */
public final class Maps {
  private final Tensor prediction;
  private final Tensor target;
  private final Optional<Tensor> mask;
  private final Map<Deviation, Maps> normalized = new EnumMap<>(Deviation.class);

  private Maps(Tensor prediction, Tensor target, Optional<Tensor> mask) {
    this.prediction = prediction;
    this.target = target;
    this.mask = mask;
    requireSameShape(prediction, target);
    mask.ifPresent(valid -> requireSameShape(prediction, valid));
  }

  /**
   * Maps without missing values.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Maps of(Tensor prediction, Tensor target) {
    return new Maps(prediction, target, Optional.empty());
  }

  /**
   * Maps with a mask.
   *
   * @param target may have any value, even NaN, where it is not valid
   * @param mask of the same shape; an element is valid where it is not 0
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Maps of(Tensor prediction, Tensor target, Tensor mask) {
    return new Maps(prediction, target, Optional.of(mask));
  }

  /**
   * Maps whose target is NaN where it is not valid.
   *
   * @param holes whether the target is NaN anywhere
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Maps of(Tensor prediction, Tensor target, boolean holes) {
    return holes ? of(prediction, target, target.isnan().logical_not()) : of(prediction, target);
  }

  /** The student's maps. */
  public Tensor prediction() {
    return prediction;
  }

  /** The teacher's maps. */
  public Tensor target() {
    return target;
  }

  /** Not 0 where an element is valid; empty if all are. */
  public Optional<Tensor> mask() {
    return mask;
  }

  /** Both maps without scale and shift, see {@link Deviation}; computed once for all losses. */
  public Maps normalized(Deviation deviation) {
    return normalized.computeIfAbsent(
        deviation,
        by -> new Maps(by.normalize(prediction, mask), by.normalize(target, mask), mask));
  }

  /** p - t; with a mask, 0 where not valid. */
  Tensor difference() {
    return mask.map(valid -> Masks.difference(prediction, target, Masks.invalid(valid)))
        .orElseGet(() -> prediction.sub(target));
  }

  static void requireSameShape(Tensor a, Tensor b) {
    if (!Arrays.equals(a.shape(), b.shape())) {
      throw new IllegalArgumentException(
          "a loss needs tensors of equal shape, not "
              + Arrays.toString(a.shape())
              + " and "
              + Arrays.toString(b.shape()));
    }
  }
}
