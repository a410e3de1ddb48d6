package dev.deltadepth.core.steady;

import dev.deltadepth.core.DepthMap;

/** A frame of a shot: its map and what connects it to the frame before. */
final class Moment {
  final Pyramid picture;

  /** The map's values in the steady scale; 0 where there is none. */
  final float[] values;

  /** 1 where the map has a value, otherwise 0. */
  final float[] present;

  /** The average with the frames before. */
  final float[] average;

  /** How many maps that average is worth; 0 where there is no value. */
  final float[] worth;

  /** From here to the frame before. */
  final Link back;

  /** From the frame before to here. */
  final Link ahead;

  /** How much the values of a still scene differ from those of the frame before. */
  double noise;

  /** The steady scale here is that of the frame before, times this ... */
  double gain = 1;

  /** ... plus this. */
  double lift;

  Moment(Pyramid picture, int motions) {
    this.picture = picture;
    int pixels = picture.level(0).length;
    values = new float[pixels];
    present = new float[pixels];
    average = new float[pixels];
    worth = new float[pixels];
    back = new Link(motions);
    ahead = new Link(motions);
  }

  /** Takes the values of a map; those that are not finite count as none. */
  void take(DepthMap map) {
    float[] in = map.data();
    for (int i = 0; i < in.length; i++) {
      boolean there = Float.isFinite(in[i]);
      values[i] = there ? in[i] : 0;
      present[i] = there ? 1 : 0;
    }
  }

  /** Begins an average with this map alone. */
  void begin() {
    System.arraycopy(values, 0, average, 0, values.length);
    System.arraycopy(present, 0, worth, 0, values.length);
    noise = 0;
    gain = 1;
    lift = 0;
  }

  /** What is seen in one frame, where it is in another, on the grid of the motion. */
  static final class Link {
    final float[] right;
    final float[] down;

    /** Whether the two places look the same, 0..1. */
    final float[] trust;

    Link(int motions) {
      right = new float[motions];
      down = new float[motions];
      trust = new float[motions];
    }
  }
}
