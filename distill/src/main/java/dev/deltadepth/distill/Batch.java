package dev.deltadepth.distill;

import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.loss.Maps;
import dev.deltadepth.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Images and what is to be learned from them.
 *
 * @param index of the batch in the run
 * @param count images, N
 * @param height rows, H
 * @param width columns, W
 * @param rgb [N, 3, H, W] for the student, in [0, 1]
 * @param disparity [N, 1, H, W], each map stretched to [0, 1]; NaN where it has no value
 * @param infinity [N], the disparity of what is infinitely far, at most 0; NaN if unknown
 * @param roughEdges [N], whether the edges are off by some pixels
 * @param features the teacher's intermediate maps for the batch
 */
record Batch(
    long index,
    int count,
    int height,
    int width,
    float[] rgb,
    float[] disparity,
    float[] infinity,
    boolean[] roughEdges,
    List<Planes> features) {

  /** Images with maps of no fixed offset, without intermediate maps. */
  static Batch of(long index, int count, int height, int width, float[] rgb, float[] disparity) {
    float[] unknown = new float[count];
    Arrays.fill(unknown, Float.NaN);
    return new Batch(
        index, count, height, width, rgb, disparity, unknown, new boolean[count], List.of());
  }

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

  /** What is known of the maps beyond their values, as tensors. */
  Maps.Known known() {
    float[] exact = new float[count];
    boolean anyRough = false;
    boolean anyInfinity = false;
    for (int i = 0; i < count; i++) {
      exact[i] = roughEdges[i] ? 0 : 1;
      anyRough |= roughEdges[i];
      anyInfinity |= !Float.isNaN(infinity[i]);
    }
    return new Maps.Known(
        anyInfinity ? Optional.of(Tensors.of(infinity, count, 1, 1, 1)) : Optional.empty(),
        anyRough ? Optional.of(Tensors.of(exact, count, 1, 1, 1)) : Optional.empty());
  }

  /** The images from {@code from}, inclusive, to {@code to}, exclusive. */
  Batch slice(int from, int to) {
    List<Planes> maps =
        features.stream()
            .map(m -> new Planes(m.channels(), m.height(), m.width(), part(m.data(), from, to)))
            .toList();
    return new Batch(
        index,
        to - from,
        height,
        width,
        part(rgb, from, to),
        part(disparity, from, to),
        part(infinity, from, to),
        Arrays.copyOfRange(roughEdges, from, to),
        maps);
  }

  private float[] part(float[] all, int from, int to) {
    int each = all.length / count;
    return Arrays.copyOfRange(all, from * each, to * each);
  }
}
