package dev.deltadepth.io.view;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Pictures as PNG or JPEG, by the ending of the file's name. */
public final class PictureFile {
  private static final float QUALITY = 0.95f;
  private static final int LONGEST_JPEG = 65_500;

  /** What is put behind the stem of a photo's name, by the commands that draw from its depth. */
  private static final List<String> OTHERS = List.of(".bokeh", ".orbit", ".cutout", ".fog");

  private PictureFile() {}

  /**
   * Writes a picture; the file appears complete or not at all.
   *
   * @throws FileException if it cannot be written
   */
  public static void write(RgbImage picture, Path file) {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      ImageFiles.writePng(picture, file);
    } else if (Math.max(picture.width(), picture.height()) > LONGEST_JPEG) {
      throw new FileException(
          file
              + " would have "
              + (picture.width() + "x" + picture.height())
              + " pixels, and JPEG holds "
              + LONGEST_JPEG
              + " a side: choose png");
    } else {
      ImageFiles.writeJpeg(picture, file, QUALITY);
    }
  }

  /** A picture as the content of a file whose name ends so, PNG or JPEG. */
  static byte[] encode(RgbImage picture, String ending) {
    return ending.endsWith(".png") ? ImageFiles.png(picture) : ImageFiles.jpeg(picture, QUALITY);
  }

  /** Whether a file is named like one that was drawn from a photo's depth. */
  public static boolean isDrawn(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String stem = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    if (OTHERS.stream().anyMatch(stem::endsWith)) {
      return true;
    }
    for (StereoFormat format : StereoFormat.values()) {
      if (name.endsWith(format.suffix().toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
