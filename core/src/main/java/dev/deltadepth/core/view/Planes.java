package dev.deltadepth.core.view;

import java.util.Arrays;

/**
 * Red, green, blue and cover of a layer, the colours already multiplied by the cover, and for each
 * row the columns between which there is anything.
 */
final class Planes {
  static final int COUNT = 4;
  static final int COVER = 3;

  private final int width;
  private final int height;
  private final float[][] planes;
  private final int[] first;
  private final int[] last;

  Planes(int width, int height) {
    this.width = width;
    this.height = height;
    planes = new float[COUNT][width * height];
    first = new int[height];
    last = new int[height];
    Arrays.fill(first, width);
    Arrays.fill(last, -1);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  float[] plane(int channel) {
    return planes[channel];
  }

  /** The first column of a row with anything in it; the width if there is none. */
  int first(int y) {
    return first[y];
  }

  /** The last column of a row with anything in it; -1 if there is none. */
  int last(int y) {
    return last[y];
  }

  /** Notes that a row has something between two columns, both included. */
  void touch(int y, int from, int to) {
    first[y] = Math.min(first[y], from);
    last[y] = Math.max(last[y], to);
  }

  /** Forgets everything. */
  void clear() {
    for (int y = 0; y < height; y++) {
      if (last[y] >= 0) {
        for (float[] plane : planes) {
          Arrays.fill(plane, y * width + first[y], y * width + last[y] + 1, 0);
        }
        first[y] = width;
        last[y] = -1;
      }
    }
  }

  boolean isEmpty() {
    for (int end : last) {
      if (end >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Adds a pixel. */
  void add(int x, int y, float cover, float red, float green, float blue) {
    int i = y * width + x;
    planes[0][i] += cover * red;
    planes[1][i] += cover * green;
    planes[2][i] += cover * blue;
    planes[COVER][i] += cover;
  }
}
