package dev.deltadepth.eval;

import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A unit of work for one thread: an image, or successive frames of a sequence together with the
 * frame before them, which the first one's flicker needs.
 *
 * @param place the set's index among all sets
 * @param set the set
 * @param first index of the first image in the set
 * @param count number of images
 * @param before the frame before the first; empty at the start of a sequence and without sequence
 */
record Unit(int place, SampleSet set, int first, int count, Optional<Sample> before) {
  /** The frame before is estimated twice, so with this many frames the overhead is a sixteenth. */
  private static final int FRAMES = 16;

  /** The units of a data set, in its order. */
  static List<Unit> of(DataSet data) {
    List<Unit> units = new ArrayList<>();
    for (int place = 0; place < data.sets().size(); place++) {
      units.addAll(of(place, data.sets().get(place)));
    }
    return units;
  }

  private static List<Unit> of(int place, SampleSet set) {
    List<Unit> units = new ArrayList<>();
    List<Sample> samples = set.samples();
    for (int first = 0, count; first < samples.size(); first += count) {
      String sequence = samples.get(first).sequence();
      boolean frames = !sequence.isEmpty();
      count = 1;
      while (frames
          && count < FRAMES
          && first + count < samples.size()
          && samples.get(first + count).sequence().equals(sequence)) {
        count++;
      }
      boolean continued = frames && first > 0 && samples.get(first - 1).sequence().equals(sequence);
      Optional<Sample> before = continued ? Optional.of(samples.get(first - 1)) : Optional.empty();
      units.add(new Unit(place, set, first, count, before));
    }
    return units;
  }

  List<Sample> samples() {
    return set.samples().subList(first, first + count);
  }
}
