package dev.deltadepth.datasets;

import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.io.map.GreyImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;

/** Small picture files whose pixels are known. */
final class Pictures {
  private Pictures() {}

  /** Of red 10 x, green 10 y and blue as given. */
  static RgbImage image(int width, int height, int blue) {
    byte[] data = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      data[3 * i] = (byte) (10 * (i % width));
      data[3 * i + 1] = (byte) (10 * (i / width));
      data[3 * i + 2] = (byte) blue;
    }
    return new RgbImage(width, height, data);
  }

  static Path png(Path file, int width, int height, int blue) throws IOException {
    Files.createDirectories(file.getParent());
    ImageFiles.writePng(image(width, height, blue), file);
    return file;
  }

  static Path jpeg(Path file, int width, int height, int blue) throws IOException {
    Files.createDirectories(file.getParent());
    ImageFiles.writeJpeg(image(width, height, blue), file, 1);
    return file;
  }

  /** 16-bit grey PNG. */
  static Path depth(Path file, int width, int height, IntBinaryOperator value) throws IOException {
    Files.createDirectories(file.getParent());
    char[] data = new char[width * height];
    for (int i = 0; i < data.length; i++) {
      data[i] = (char) value.applyAsInt(i % width, i / width);
    }
    GreyImage.write(new GreyImage(width, height, 16, data), file);
    return file;
  }
}
