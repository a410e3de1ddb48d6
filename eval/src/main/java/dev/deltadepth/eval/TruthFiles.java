package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.GreyImage;
import java.nio.file.Path;

/** Ground truth stored as grey PNG. */
final class TruthFiles {
  private TruthFiles() {}

  static DepthMap read(Path file, TruthKind kind) {
    GreyImage stored;
    try {
      stored = GreyImage.read(file);
    } catch (FileException e) {
      throw new EvaluationException("in the evaluation data, " + e.getMessage(), e);
    }
    int bits = kind.metric() ? 16 : 8;
    if (stored.bits() != bits) {
      throw new EvaluationException(
          file
              + " has "
              + stored.bits()
              + " bits a value where the kind "
              + kind
              + " has "
              + bits
              + ": copy it again without converting it");
    }
    float[] values = new float[stored.data().length];
    for (int i = 0; i < values.length; i++) {
      int value = stored.data()[i];
      values[i] = value == 0 ? Float.NaN : (float) (value / kind.stepsAMetre());
    }
    return new DepthMap(
        kind.metric() ? DepthMap.Kind.METRES : DepthMap.Kind.DISPARITY,
        stored.width(),
        stored.height(),
        values);
  }
}
