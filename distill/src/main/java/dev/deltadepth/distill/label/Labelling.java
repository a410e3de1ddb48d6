package dev.deltadepth.distill.label;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
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
   */
  public boolean label(Path photo, String name) {
    String hash = Sha256.of(photo);
    if (labels.has(hash)) {
      return false;
    }
    RgbImage image = ImageFiles.read(photo);
    InputSize size = teacher.nativeSize(image.width(), image.height());
    labels.add(
        hash,
        name,
        size.height(),
        size.width(),
        teacher.label(List.of(Window.whole(hash, image)), size.height(), size.width()));
    return true;
  }
}
