package dev.deltadepth.datasets;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.map.GreyImage;
import dev.deltadepth.metrics.TruthKind;
import java.nio.file.Path;

/** Ground truth stored as grey PNG, where 0 means: no value. */
final class GreyDepth {
  private GreyDepth() {}

  /**
   * Reads depths.
   *
   * @param steps what stored 16-bit values are divided by to get metres
   */
  static DepthMap metres(Path file, double steps) {
    return read(file, TruthKind.METRES, 16, steps);
  }

  /** Reads what is stored in one of the ways of a folder of pairs, which has ground truth. */
  static DepthMap read(Path file, StoredDepth stored) {
    return read(file, stored.kind(), stored.bits(), stored.steps());
  }

  private static DepthMap read(Path file, TruthKind kind, int bits, double steps) {
    GreyImage stored = GreyImage.read(file);
    if (stored.bits() != bits) {
      throw new DatasetException(
          file
              + " has "
              + stored.bits()
              + " bits per value, but its kind of ground truth has "
              + bits
              + ": copy it again without converting it");
    }
    float[] values = new float[stored.data().length];
    for (int i = 0; i < values.length; i++) {
      int value = stored.data()[i];
      values[i] = value == 0 ? Float.NaN : (float) (value / steps);
    }
    return new DepthMap(
        kind.metric() ? DepthMap.Kind.METRES : DepthMap.Kind.DISPARITY,
        stored.width(),
        stored.height(),
        values);
  }
}
