package dev.deltadepth.nn.weights;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of a network: arrays by name, in the order of the file or the network, and the file's
 * metadata. The names are those of the reference implementations.
 */
public final class Weights {

  private final Map<String, FloatArray> arrays;
  private final Map<String, String> metadata;

  private Weights(Map<String, FloatArray> arrays, Map<String, String> metadata) {
    this.arrays = new LinkedHashMap<>(arrays);
    this.metadata = new LinkedHashMap<>(metadata);
  }

  /** Weights without metadata. */
  public static Weights of(Map<String, FloatArray> arrays) {
    return new Weights(arrays, Map.of());
  }

  /** The same arrays with other metadata. */
  public Weights withMetadata(Map<String, String> metadata) {
    return new Weights(arrays, metadata);
  }

  /** The arrays of {@code base}, replaced by those of these weights where both have one. */
  public Weights overlaid(Weights base) {
    Map<String, FloatArray> both = new LinkedHashMap<>(base.arrays);
    both.replaceAll((name, array) -> arrays.getOrDefault(name, array));
    return new Weights(both, metadata);
  }

  /**
   * The mean of several weights, array by array; without metadata.
   *
   * @param several one or more
   * @throws NetworkException naming an array that is missing or differs in shape
   */
  public static Weights mean(List<Weights> several) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    several.get(0).arrays.forEach((name, first) -> arrays.put(name, mean(several, name, first)));
    return of(arrays);
  }

  private static FloatArray mean(List<Weights> several, String name, FloatArray first) {
    double[] sums = new double[first.data().length];
    for (Weights weights : several) {
      FloatArray array = weights.get(name);
      if (!sides(array).equals(sides(first))) {
        throw new NetworkException(
            "cannot average %s: its shape is %s in some weights and %s in others"
                .formatted(name, sides(first), sides(array)));
      }
      for (int i = 0; i < sums.length; i++) {
        sums[i] += array.data()[i];
      }
    }
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / several.size());
    }
    return new FloatArray(first.shape(), mean);
  }

  /**
   * The array with a name.
   *
   * @throws NetworkException if there is none
   */
  public FloatArray get(String name) {
    FloatArray array = arrays.get(name);
    if (array == null) {
      throw new NetworkException("the weights have no array '" + name + "'" + similar(name));
    }
    return array;
  }

  private String similar(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    List<String> similar = new ArrayList<>();
    for (String other : arrays.keySet()) {
      if (other.endsWith(name) || name.endsWith(other)) {
        similar.add(other);
      }
    }
    if (similar.isEmpty()) {
      arrays.keySet().stream().filter(n -> n.endsWith(last)).limit(3).forEach(similar::add);
    }
    return similar.isEmpty()
        ? ""
        : "; similar names: " + String.join(", ", similar.subList(0, Math.min(3, similar.size())));
  }

  /**
   * Checks that an array exists with the shape that a network needs.
   *
   * @throws NetworkException if it is missing or has another shape
   */
  public void require(Parameter parameter) {
    List<Integer> sides = sides(get(parameter.name()));
    if (!sides.equals(parameter.shape())) {
      throw new NetworkException(
          parameter.name() + " has shape " + sides + ", but must have " + parameter.shape());
    }
  }

  /**
   * Checks that all arrays that a network needs exist with the right shapes.
   *
   * @throws NetworkException if arrays are missing or have another shape; the message counts them
   *     and names the first
   */
  public void requireAll(List<Parameter> parameters) {
    List<String> missing = new ArrayList<>();
    List<String> other = new ArrayList<>();
    for (Parameter parameter : parameters) {
      FloatArray array = arrays.get(parameter.name());
      if (array == null) {
        missing.add(parameter.name());
      } else if (!sides(array).equals(parameter.shape())) {
        other.add(parameter.name() + " with " + sides(array) + " instead of " + parameter.shape());
      }
    }
    if (!missing.isEmpty() || !other.isEmpty()) {
      throw new NetworkException(
          "of "
              + parameters.size()
              + " arrays, "
              + missing.size()
              + " are missing"
              + first(missing)
              + " and "
              + other.size()
              + " have a wrong shape"
              + first(other));
    }
  }

  private static List<Integer> sides(FloatArray array) {
    return Arrays.stream(array.shape()).boxed().toList();
  }

  private static String first(List<String> names) {
    int shown = Math.min(3, names.size());
    String more = names.size() > shown ? ", ..." : "";
    return shown == 0 ? "" : " (" + String.join(", ", names.subList(0, shown)) + more + ")";
  }

  /** The names, in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(arrays.keySet());
  }

  /** Whether there is an array with a name. */
  public boolean contains(String name) {
    return arrays.containsKey(name);
  }

  /** The file's metadata. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }
}
