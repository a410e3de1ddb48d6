package dev.deltadepth.io.view;

import dev.deltadepth.core.view.CutOut;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageEncoder;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.file.Path;

/** Cut-outs as PNG with an alpha channel. */
public final class CutOutFile {
  private CutOutFile() {}

  /**
   * Writes a cut-out; the file appears complete or not at all. What is transparent is black.
   *
   * @throws FileException if it cannot be written
   */
  public static void write(CutOut cut, Path file) {
    BufferedImage image =
        new BufferedImage(
            cut.colours().width(), cut.colours().height(), BufferedImage.TYPE_4BYTE_ABGR);
    byte[] to = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    byte[] from = cut.colours().data();
    for (int i = 0; i < cut.opacity().length; i++) {
      byte opacity = cut.opacity()[i];
      if (opacity != 0) {
        to[4 * i] = opacity;
        to[4 * i + 1] = from[3 * i + 2];
        to[4 * i + 2] = from[3 * i + 1];
        to[4 * i + 3] = from[3 * i];
      }
    }
    AtomicFile.write(file, out -> ImageEncoder.png(image, out));
  }
}
