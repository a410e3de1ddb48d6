package dev.deltadepth.eval;

import dev.deltadepth.datasets.DataSet;
import dev.deltadepth.datasets.Sample;
import dev.deltadepth.datasets.SampleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one thread does at a time: a picture, or some successive frames of a sequence with the frame
 * before them, from which the first one's flicker is measured.
 *
 * @param place the set's place among all sets
 * @param set the set
 * @param first the index of the first picture in the set
 * @param count how many pictures
 * @param before the frame before the first; empty at a sequence's beginning and without sequence
 */
record Unit(int place, SampleSet set, int first, int count, Optional<Sample> before) {
  /** The frame before is estimated twice, so this many cost a sixteenth more. */
  private static final int FRAMES = 16;

  /** All of a data set, in its order. */
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
      boolean goesOn = frames && first > 0 && samples.get(first - 1).sequence().equals(sequence);
      Optional<Sample> before = goesOn ? Optional.of(samples.get(first - 1)) : Optional.empty();
      units.add(new Unit(place, set, first, count, before));
    }
    return units;
  }

  List<Sample> samples() {
    return set.samples().subList(first, first + count);
  }
}
