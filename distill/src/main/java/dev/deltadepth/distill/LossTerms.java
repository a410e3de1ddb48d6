package dev.deltadepth.distill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The losses of a recipe, by name and weight:
 *
 * <ul>
 *   <li>{@code silog}: {@link Losses#silogRoot} with lambda 0.5;
 *   <li>{@code gradient}: {@link Losses#sobelGradient};
 *   <li>{@code ssi}: {@link Losses#ssi}, blind to scale and shift;
 *   <li>{@code multi-scale-gradient}: {@link Losses#multiScaleGradient} of the maps normalised as
 *       for {@code ssi};
 *   <li>{@code l1}: {@link Losses#l1};
 *   <li>{@code features}: {@link FeatureMatching}.
 * </ul>
 */
final class LossTerms {

  static final String FEATURES = "features";

  private static final List<String> NAMES =
      List.of("silog", "gradient", "ssi", "multi-scale-gradient", "l1", FEATURES);

  private final Map<String, Double> weights;

  LossTerms(Map<String, Double> weights) {
    this.weights = new TreeMap<>(weights);
  }

  /** Refuses names that are not known and weights that are not positive. */
  static void check(Map<String, @Nullable Double> weights) {
    weights.forEach(
        (name, weight) -> {
          if (!NAMES.contains(name)) {
            throw new DistillException("there is no loss named " + name + "; there are " + NAMES);
          }
          if (weight == null || !(weight > 0 && weight < 1e6)) {
            throw new DistillException("the loss " + name + " needs a weight above 0");
          }
        });
    if (weights.keySet().stream().allMatch(FEATURES::equals)) {
      throw new DistillException("the recipe needs a loss of the map itself, such as ssi");
    }
  }

  boolean uses(String name) {
    return weights.containsKey(name);
  }

  double weight(String name) {
    return weights.getOrDefault(name, 0.0);
  }

  /**
   * The terms of two maps, each without its weight.
   *
   * @param prediction [N, 1, H, W] of the student, float32
   * @param target [N, 1, H, W] of the teacher in [0, 1]
   */
  Map<String, Tensor> terms(Tensor prediction, Tensor target) {
    Map<String, Tensor> terms = new LinkedHashMap<>();
    if (uses("silog")) {
      terms.put("silog", Losses.silogRoot(prediction, target, 0.5));
    }
    if (uses("gradient")) {
      terms.put("gradient", Losses.sobelGradient(prediction, target, Losses.Padding.REPLICATE));
    }
    if (uses("l1")) {
      terms.put("l1", Losses.l1(prediction, target));
    }
    if (uses("ssi") || uses("multi-scale-gradient")) {
      Tensor p = Losses.ssiNormalize(prediction);
      Tensor t = Losses.ssiNormalize(target);
      if (uses("ssi")) {
        terms.put("ssi", Losses.l1(p, t));
      }
      if (uses("multi-scale-gradient")) {
        terms.put("multi-scale-gradient", Losses.multiScaleGradient(p, t));
      }
    }
    return terms;
  }

  /** The weighted sum of terms. */
  Tensor total(Map<String, Tensor> terms) {
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
