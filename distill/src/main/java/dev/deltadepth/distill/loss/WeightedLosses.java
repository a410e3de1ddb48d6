package dev.deltadepth.distill.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The losses of a recipe and their weights. */
public final class WeightedLosses {

  private final Map<String, Double> weights;
  private final List<Loss> ofMaps;
  private final List<FeatureLoss> ofFeatures;

  /**
   * Looks up losses by name.
   *
   * @param weights by name, see {@link Losses#names}; unknown names are ignored
   * @throws IllegalArgumentException if none is a loss on the map itself
   */
  public WeightedLosses(Map<String, Double> weights) {
    this.weights = new TreeMap<>(weights);
    ofMaps = Losses.ofMaps().stream().filter(l -> weights.containsKey(l.name())).toList();
    ofFeatures = Losses.ofFeatures().stream().filter(l -> weights.containsKey(l.name())).toList();
    if (ofMaps.isEmpty()) {
      throw new IllegalArgumentException("at least one loss on the map itself is required");
    }
  }

  /** The losses on intermediate maps. */
  public List<FeatureLoss> ofFeatures() {
    return ofFeatures;
  }

  /** The unweighted losses on the maps themselves, by name. */
  public Map<String, Tensor> terms(Maps maps) {
    Map<String, Tensor> terms = new LinkedHashMap<>();
    ofMaps.forEach(loss -> terms.put(loss.name(), loss.of(maps)));
    return terms;
  }

  /**
   * The weighted sum of terms.
   *
   * @param terms by name, at least one
   */
  public Tensor total(Map<String, Tensor> terms) {
    return terms.entrySet().stream()
        .map(term -> term.getValue().mul(new Scalar(weights.getOrDefault(term.getKey(), 0.0))))
        .reduce(Tensor::add)
        .orElseThrow();
  }
}
