package dev.deltadepth.cli;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Photos whose red rises from left to right, and whose green rises from top to bottom. */
final class RedPhoto {
  private RedPhoto() {}

  /** Writes a PNG or JPEG; its folder is made if needed. */
  static Path write(Path file, int width, int height) throws IOException {
    byte[] data = new byte[width * height * 3];
    for (int i = 0; i < width * height; i++) {
      data[3 * i] = (byte) (255 * (i % width) / (width - 1));
      data[3 * i + 1] = (byte) (255 * (i / width) / height);
    }
    Files.createDirectories(file.getParent());
    RgbImage image = new RgbImage(width, height, data);
    if (file.toString().endsWith(".png")) {
      ImageFiles.writePng(image, file);
    } else {
      ImageFiles.writeJpeg(image, file, 1f);
    }
    return file;
  }
}
