package dev.deltadepth.distill.label;

import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.distill.data.Window;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.Sha256;
import java.nio.file.Path;
import java.util.List;

/** Asks a teacher about whole photos once, and keeps what it says. May be used by many threads. */
public final class Labelling {

  private final Teacher teacher;
  private final LabelFolder labels;

  private Labelling(Teacher teacher, LabelFolder labels) {
    this.teacher = teacher;
    this.labels = labels;
  }

  /**
   * Begins a folder of labels or goes on with it.
   *
   * @param features whether the teacher's intermediate maps are kept, too
   * @throws DistillException if the folder holds labels of another teacher or another kind
   */
  public static Labelling into(
      Path folder, Labeller teacher, LabelFolder.Format format, boolean features) {
    if (!(teacher instanceof Teacher asked)) {
      throw new DistillException("labels are made by a teacher that is asked, not by other labels");
    }
    InputSize square = asked.nativeSize(1000, 1000);
    return new Labelling(
        asked,
        LabelFolder.begin(
            folder,
            new LabelFolder.Description(
                asked.name(),
                asked.contentHash(),
                Math.min(square.width(), square.height()),
                format,
                features ? asked.features() : List.of())));
  }

  /**
   * Labels a photo, unless it has a label that is whole.
   *
   * @param name of the photo below its folder, with {@code /}, without extension
   * @return whether it was labelled now
   * @throws dev.deltadepth.io.FileException if the photo cannot be decoded
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
