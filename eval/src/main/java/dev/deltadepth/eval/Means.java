package dev.deltadepth.eval;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Means that ignore missing figures. */
final class Means {
  private Means() {}

  /** The unweighted mean over all figures that are not NaN; NaN if there are none. */
  static <T> double of(Collection<T> all, ToDoubleFunction<T> figure) {
    return all.stream()
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
