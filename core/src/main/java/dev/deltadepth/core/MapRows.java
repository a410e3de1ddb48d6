package dev.deltadepth.core;

/** Takes the rows of a map, from the first to the last. */
@FunctionalInterface
public interface MapRows {
  /**
   * Takes a row.
   *
   * @param values as many as the map is wide; the array is used again for the next row
   */
  void row(int y, float[] values);

  /** Gives the rows of a map that is in memory. */
  static void give(DepthMap map, MapRows sink) {
    float[] values = new float[map.width()];
    for (int y = 0; y < map.height(); y++) {
      System.arraycopy(map.data(), y * values.length, values, 0, values.length);
      sink.row(y, values);
    }
  }
}
