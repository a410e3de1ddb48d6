package dev.deltadepth.datasets;

import dev.deltadepth.metrics.Region;
import dev.deltadepth.metrics.TruthKind;
import java.util.List;

/**
 * Pictures of one origin, measured in one way.
 *
 * @param name the set's name
 * @param kind what its ground truth is
 * @param region which pixels count
 * @param origin where the pictures come from
 * @param samples the pictures, always in the same order
 */
public record SampleSet(
    String name, TruthKind kind, Region region, Origin origin, List<Sample> samples) {
  /** Copies the list. */
  public SampleSet {
    samples = List.copyOf(samples);
  }

  /** The number of pictures. */
  public int count() {
    return samples.size();
  }
}
