package dev.deltadepth.distill.label;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.runtime.ModelException;
import java.nio.file.Path;
import java.util.List;

/** Labels whole photos once and stores the labels. Safe for use by several threads. */
public final class Labelling {

  private final Teacher teacher;
  private final LabelFolder labels;

  private Labelling(Teacher teacher, LabelFolder labels) {
    this.teacher = teacher;
    this.labels = labels;
  }

  /**
   * Creates a folder of labels, or opens one to add to it.
   *
   * @param features whether to store the teacher's intermediate maps, too
   * @throws DistillException if the folder contains labels of another teacher or with other
   *     settings
   */
  public static Labelling into(
      Path folder, Labeller teacher, LabelFolder.Format format, boolean features) {
    if (!(teacher instanceof Teacher model)) {
      throw new DistillException("the teacher must be a model, not a folder of labels");
    }
    InputSize square = model.nativeSize(1000, 1000);
    return new Labelling(
        model,
        LabelFolder.begin(
            folder,
            new LabelFolder.Description(
                model.name(),
                model.contentHash(),
                Math.min(square.width(), square.height()),
                format,
                features ? model.features() : List.of())));
  }

  /**
   * Labels a photo unless it has an intact label.
   *
   * @param name path of the photo relative to its folder, with {@code /}, without extension
   * @return whether a label was written
   * @throws dev.deltadepth.io.FileException if the photo is unreadable
   * @throws DistillException if the teacher fails on it, or its map has no two different values
   */
  public boolean label(Path photo, String name) {
    String hash = Sha256.of(photo);
    if (labels.has(hash)) {
      return false;
    }
    RgbImage image = ImageFiles.read(photo);
    InputSize size = teacher.nativeSize(image.width(), image.height());
    labels.add(hash, name, size.height(), size.width(), label(photo, hash, image, size));
    return true;
  }

  private Labeller.Labels label(Path photo, String hash, RgbImage image, InputSize size) {
    Labeller.Labels label;
    try {
      label = teacher.label(List.of(Window.whole(hash, image)), size.height(), size.width());
    } catch (ModelException e) {
      throw new DistillException(
          "the teacher %s failed on %s: %s".formatted(teacher.name(), photo, e.getMessage()), e);
    }
    if (!new DepthMap(Kind.DISPARITY, size.width(), size.height(), label.disparity()).varies()) {
      throw new DistillException(
          "the teacher %s gives %s a map without two different values"
              .formatted(teacher.name(), photo));
    }
    return label;
  }
}
