package dev.deltadepth.eval;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Means over those that have a figure. */
final class Means {
  private Means() {}

  /** The unweighted mean over all whose figure is not NaN; NaN if there is none. */
  static <T> double of(Collection<T> all, ToDoubleFunction<T> figure) {
    return all.stream()
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
