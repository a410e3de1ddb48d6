package dev.deltadepth.distill;

import dev.deltadepth.distill.data.Planes;
import java.util.Arrays;
import java.util.List;

/**
 * Images and the teacher's labels for them.
 *
 * @param index of the batch in the run
 * @param count images, N
 * @param height rows, H
 * @param width columns, W
 * @param rgb [N, 3, H, W] for the student, in [0, 1]
 * @param disparity [N, 1, H, W], the teacher's, each map stretched to [0, 1]; NaN where it has no
 *     value
 * @param features the teacher's intermediate maps for the batch
 */
record Batch(
    long index,
    int count,
    int height,
    int width,
    float[] rgb,
    float[] disparity,
    List<Planes> features) {

  /** Whether the teacher has any value. */
  boolean labelled() {
    for (float value : disparity) {
      if (!Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any of the teacher's values is missing. */
  boolean holes() {
    for (float value : disparity) {
      if (Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** The images from {@code from}, inclusive, to {@code to}, exclusive. */
  Batch slice(int from, int to) {
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
