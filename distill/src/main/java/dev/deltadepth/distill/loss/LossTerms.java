package dev.deltadepth.distill.loss;

import dev.deltadepth.distill.FeatureMatching;
import dev.deltadepth.distill.recipe.DistillException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The losses of a recipe, by name and weight. Of the maps themselves:
 *
 * <ul>
 *   <li>{@code silog}: {@link Losses#silogRoot} with lambda 0.5;
 *   <li>{@code gradient}: {@link Losses#sobelGradient};
 *   <li>{@code l1}, {@code l1-trimmed}: {@link Losses#l1}, {@link Losses#l1Trimmed};
 *   <li>{@code ssi}, {@code ssi-trimmed}, {@code multi-scale-gradient}: {@link Losses#l1}, {@link
 *       Losses#l1Trimmed} and {@link Losses#multiScaleGradient} of the maps normalised by {@link
 *       Losses#ssiNormalize}, blind to scale and shift;
 *   <li>{@code ssim}: 1 - {@link Ssim};
 *   <li>{@code without-layout}: {@link LayoutLoss}.
 * </ul>
 *
 * <p>Of intermediate maps: those of {@link FeatureMatching}.
 */
public final class LossTerms {

  private static final List<String> OF_MAPS =
      List.of(
          "silog",
          "gradient",
          "l1",
          "l1-trimmed",
          "ssi",
          "ssi-trimmed",
          "multi-scale-gradient",
          "ssim",
          "without-layout");

  /** Those of maps without their scale and shift. */
  private static final List<String> INVARIANT =
      List.of("ssi", "ssi-trimmed", "multi-scale-gradient");

  private final Map<String, Double> weights;

  public LossTerms(Map<String, Double> weights) {
    this.weights = new TreeMap<>(weights);
  }

  /** Refuses names that are not known and weights that are not positive. */
  public static void check(Map<String, @Nullable Double> weights) {
    weights.forEach(
        (name, weight) -> {
          if (!names().contains(name)) {
            throw new DistillException("there is no loss named " + name + "; there are " + names());
          }
          if (weight == null || !(weight > 0 && weight < 1e6)) {
            throw new DistillException("the loss " + name + " needs a weight above 0");
          }
        });
    if (weights.keySet().stream().noneMatch(OF_MAPS::contains)) {
      throw new DistillException("the recipe needs a loss of the map itself, such as ssi");
    }
  }

  /** All losses that recipes may name. */
  public static List<String> names() {
    return Stream.concat(OF_MAPS.stream(), FeatureMatching.NAMES.stream()).toList();
  }

  public boolean uses(String name) {
    return weights.containsKey(name);
  }

  public double weight(String name) {
    return weights.getOrDefault(name, 0.0);
  }

  /**
   * The terms of two maps, each without its weight.
   *
   * @param prediction [N, 1, H, W] of the student, float32
   * @param target [N, 1, H, W] of the teacher in [0, 1]; where it is NaN nothing counts
   * @param holes whether the target is NaN anywhere
   */
  public Map<String, Tensor> terms(Tensor prediction, Tensor target, boolean holes) {
    Optional<Tensor> mask = holes ? Optional.of(target.isnan().logical_not()) : Optional.empty();
    boolean normalized = INVARIANT.stream().anyMatch(this::uses);
    Tensor p = normalized ? normalize(prediction, mask) : prediction;
    Tensor t = normalized ? normalize(target, mask) : target;
    Map<String, Tensor> terms = new LinkedHashMap<>();
    for (String name : OF_MAPS) {
      if (uses(name)) {
        boolean invariant = INVARIANT.contains(name);
        Tensor a = invariant ? p : prediction;
        Tensor b = invariant ? t : target;
        terms.put(name, mask.map(m -> masked(name, a, b, m)).orElseGet(() -> whole(name, a, b)));
      }
    }
    return terms;
  }

  private static Tensor normalize(Tensor map, Optional<Tensor> mask) {
    return mask.map(m -> MaskedLosses.ssiNormalize(map, m))
        .orElseGet(() -> Losses.ssiNormalize(map));
  }

  private static Tensor whole(String name, Tensor p, Tensor t) {
    return switch (name) {
      case "silog" -> Losses.silogRoot(p, t, 0.5);
      case "gradient" -> Losses.sobelGradient(p, t, Losses.Padding.REPLICATE);
      case "l1", "ssi" -> Losses.l1(p, t);
      case "l1-trimmed", "ssi-trimmed" -> Losses.l1Trimmed(p, t);
      case "multi-scale-gradient" -> Losses.multiScaleGradient(p, t);
      case "ssim" -> oneMinus(Ssim.zeroPadded(p, t));
      case "without-layout" -> LayoutLoss.uncorrelated(p, t, torch.ones_like(p));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Tensor masked(String name, Tensor p, Tensor t, Tensor mask) {
    return switch (name) {
      case "silog" -> MaskedLosses.silogRoot(p, t, mask, 0.5);
      case "gradient" -> MaskedLosses.sobelGradient(p, t, mask);
      case "l1", "ssi" -> MaskedLosses.l1(p, t, mask);
      case "l1-trimmed", "ssi-trimmed" -> MaskedLosses.l1Trimmed(p, t, mask);
      case "multi-scale-gradient" -> MaskedLosses.multiScaleGradient(p, t, mask);
      case "ssim" -> oneMinus(Ssim.masked(p, t, mask));
      case "without-layout" -> LayoutLoss.uncorrelated(p, t, mask);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Tensor oneMinus(Tensor x) {
    return x.neg().add(new Scalar(1.0));
  }

  /** The weighted sum of terms. */
  public Tensor total(Map<String, Tensor> terms) {
    Tensor total = null;
    for (Map.Entry<String, Tensor> term : terms.entrySet()) {
      Tensor weighted = term.getValue().mul(new Scalar(weight(term.getKey())));
      total = total == null ? weighted : total.add(weighted);
    }
    if (total == null) {
      throw new DistillException("a recipe without losses teaches nothing");
    }
    return total;
  }
}
