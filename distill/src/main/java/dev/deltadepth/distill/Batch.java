package dev.deltadepth.distill;

import dev.deltadepth.distill.data.Planes;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures and what the teacher says of them.
 *
 * @param index of the batch in the run
 * @param count pictures, N
 * @param height rows, H
 * @param width columns, W
 * @param rgb [N, 3, H, W] for the student, in [0, 1]
 * @param disparity [N, 1, H, W] of the teacher, each picture's range stretched to [0, 1]; NaN where
 *     it has no value
 * @param features the teacher's intermediate maps of the batch
 */
record Batch(
    long index,
    int count,
    int height,
    int width,
    float[] rgb,
    float[] disparity,
    List<Planes> features) {

  /** Whether the teacher has a value anywhere. */
  boolean labelled() {
    for (float value : disparity) {
      if (!Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the teacher has no value somewhere. */
  boolean holes() {
    for (float value : disparity) {
      if (Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** The pictures {@code from} to, but not including, {@code to}. */
  Batch share(int from, int to) {
    List<Planes> maps =
        features.stream()
            .map(m -> new Planes(m.channels(), m.height(), m.width(), part(m.data(), from, to)))
            .toList();
    return new Batch(
        index, to - from, height, width, part(rgb, from, to), part(disparity, from, to), maps);
  }

  private float[] part(float[] all, int from, int to) {
    int each = all.length / count;
    return Arrays.copyOfRange(all, from * each, to * each);
  }
}
