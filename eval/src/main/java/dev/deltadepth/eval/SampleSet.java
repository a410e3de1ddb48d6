package dev.deltadepth.eval;

import java.util.List;

/**
 * Pictures of one origin.
 *
 * @param name the set's name
 * @param kind how its ground truth is stored
 * @param region which pixels count
 * @param samples the pictures, by name
 */
public record SampleSet(String name, TruthKind kind, Region region, List<Sample> samples) {
  /** Copies the list. */
  public SampleSet {
    samples = List.copyOf(samples);
  }
}
