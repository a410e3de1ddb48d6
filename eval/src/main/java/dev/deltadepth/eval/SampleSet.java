package dev.deltadepth.eval;

import java.util.List;

/**
 * Pictures of one origin.
 *
 * @param name the set's name
 * @param kind how its ground truth is stored
 * @param capMetres depths at or beyond it take no part; meaningless unless the kind is metric
 * @param samples the pictures, by name
 */
public record SampleSet(String name, TruthKind kind, double capMetres, List<Sample> samples) {
  /** Copies the list. */
  public SampleSet {
    samples = List.copyOf(samples);
  }
}
