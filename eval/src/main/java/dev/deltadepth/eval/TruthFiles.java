package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Ground truth stored as grey PNG. */
final class TruthFiles {
  private TruthFiles() {}

  static DepthMap read(Path file, TruthKind kind) {
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be read: copy it again", e);
    }
    if (image == null) {
      throw new EvaluationException(file + " is not a PNG picture: copy it again");
    }
    Raster raster = image.getRaster();
    int bits = kind.metric() ? 16 : 8;
    if (raster.getNumBands() != 1 || raster.getSampleModel().getSampleSize(0) != bits) {
      throw new EvaluationException(
          file + " is not a grey picture of " + bits + " bits, as the kind " + kind + " needs it");
    }
    int width = raster.getWidth();
    int height = raster.getHeight();
    int[] samples = raster.getSamples(0, 0, width, height, 0, (int[]) null);
    float[] values = new float[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = samples[i] == 0 ? Float.NaN : (float) (samples[i] / kind.stepsAMetre());
    }
    return new DepthMap(
        kind.metric() ? DepthMap.Kind.METRES : DepthMap.Kind.DISPARITY, width, height, values);
  }
}
