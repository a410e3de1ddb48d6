package dev.deltadepth.eval;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.nio.file.Path;

/**
 * One picture of a set. Nothing is read before it is asked for.
 *
 * @param stem the file's name without its ending, the same for picture and ground truth
 * @param kind how the ground truth is stored
 * @param imageFile the picture
 * @param truthFile the ground truth; for an unlabelled picture the picture itself, never read
 */
public record Sample(String stem, TruthKind kind, Path imageFile, Path truthFile) {

  /**
   * The picture.
   *
   * @throws EvaluationException if it cannot be read
   */
  public RgbImage image() {
    try {
      return ImageFiles.read(imageFile);
    } catch (FileException e) {
      throw new EvaluationException("in the evaluation data, " + e.getMessage(), e);
    }
  }

  /**
   * The ground truth: metres, or disparity without unit, by the {@link #kind}; NaN where there is
   * no value.
   *
   * @throws EvaluationException if it cannot be read
   * @throws IllegalStateException if the picture is unlabelled
   */
  public DepthMap truth() {
    if (!kind.labelled()) {
      throw new IllegalStateException(imageFile + " has no ground truth");
    }
    return TruthFiles.read(truthFile, kind);
  }
}
