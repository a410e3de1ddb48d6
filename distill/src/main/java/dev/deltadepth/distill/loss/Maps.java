package dev.deltadepth.distill.loss;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The input of a {@link Loss}: the student's and the teacher's maps, [N, 1, H, W] of float32 or
 * float64, and which elements are valid. Not safe for use by several threads.
 */
public final class Maps {
  private final Tensor prediction;
  private final Tensor target;
  private final Optional<Tensor> mask;
  private final Known known;
  private final Map<Deviation, Maps> normalized = new EnumMap<>(Deviation.class);

  private Maps(Tensor prediction, Tensor target, Optional<Tensor> mask, Known known) {
    this.prediction = prediction;
    this.target = target;
    this.mask = mask;
    this.known = known;
    requireSameShape(prediction, target);
    mask.ifPresent(valid -> requireSameShape(prediction, valid));
  }

  /**
   * What is known of the targets beyond their values.
   *
   * @param infinity [N, 1, 1, 1], the value of what is infinitely far, NaN where unknown; empty if
   *     unknown for all
   * @param exactEdges [N, 1, 1, 1], 0 where a target's edges are off by some pixels; empty if none
   *     is
   */
  public record Known(Optional<Tensor> infinity, Optional<Tensor> exactEdges) {
    /** Nothing: teachers' maps have no fixed offset. */
    public static final Known NOTHING = new Known(Optional.empty(), Optional.empty());
  }

  /**
   * Maps without missing values.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Maps of(Tensor prediction, Tensor target) {
    return new Maps(prediction, target, Optional.empty(), Known.NOTHING);
  }

  /**
   * Maps with a mask.
   *
   * @param target may have any value, even NaN, where it is not valid
   * @param mask of the same shape; an element is valid where it is not 0
   * @throws IllegalArgumentException if the shapes differ
   */
  public static Maps of(Tensor prediction, Tensor target, Tensor mask) {
    return new Maps(prediction, target, Optional.of(mask), Known.NOTHING);
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

  /** The same with what is known of the targets. */
  public Maps with(Known other) {
    return new Maps(prediction, target, mask, other);
  }

  /** The value of infinite distance in each target, [N, 1, 1, 1], NaN where unknown. */
  public Optional<Tensor> infinity() {
    return known.infinity();
  }

  /** The same without the maps whose edges are off: for losses that compare gradients. */
  public Maps withExactEdges() {
    if (known.exactEdges().isEmpty()) {
      return this;
    }
    Tensor exact = known.exactEdges().get();
    Tensor valid = mask.map(Masks::valid).orElseGet(() -> torch.ones_like(prediction));
    return new Maps(prediction, target, Optional.of(valid.mul(exact)), known);
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
        by -> new Maps(by.normalize(prediction, mask), by.normalize(target, mask), mask, known));
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
