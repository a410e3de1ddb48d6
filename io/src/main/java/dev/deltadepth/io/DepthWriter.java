package dev.deltadepth.io;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import java.nio.file.Path;

/** Depth maps into files, in the forms of {@link DepthFormat}. */
public final class DepthWriter {

  private DepthWriter() {}

  /**
   * Writes a map; the file appears whole or not at all.
   *
   * @param map disparity
   * @param photo the picture it belongs to, of the same size; only {@link DepthFormat#SIDE} shows
   *     it
   * @param colours for {@link DepthFormat#PNG} and {@link DepthFormat#SIDE}
   * @throws FileException if the file cannot be written
   * @throws IllegalArgumentException if the map is no disparity, or photo and map differ in size
   */
  public static void write(
      DepthMap map, RgbImage photo, DepthFormat format, Colormap colours, Path file) {
    map.require(Kind.DISPARITY);
    switch (format) {
      case PNG -> ImageFiles.writePng(colours.apply(map), file);
      case PNG16 -> GreyImage.write(sixteenBits(map), file);
      case PFM -> PfmFile.write(file, map);
      case NPY ->
          NpyFile.write(file, new NpyArray(new int[] {map.height(), map.width()}, map.data()));
      case SIDE -> ImageFiles.writePng(sideBySide(photo, colours.apply(map)), file);
    }
  }

  private static GreyImage sixteenBits(DepthMap map) {
    Normalization window = Normalization.of(map);
    float[] values = map.data();
    char[] grey = new char[values.length];
    for (int i = 0; i < values.length; i++) {
      float part = window.apply(values[i]);
      grey[i] = (char) (Float.isNaN(part) ? 0 : Math.round(part * 65535));
    }
    return new GreyImage(map.width(), map.height(), 16, grey);
  }

  private static RgbImage sideBySide(RgbImage left, RgbImage right) {
    if (left.width() != right.width() || left.height() != right.height()) {
      throw new IllegalArgumentException(
          "the photo is "
              + left.width()
              + "x"
              + left.height()
              + " and its map "
              + right.width()
              + "x"
              + right.height());
    }
    int row = left.width() * 3;
    byte[] both = new byte[Math.multiplyExact(left.data().length, 2)];
    for (int y = 0; y < left.height(); y++) {
      System.arraycopy(left.data(), y * row, both, 2 * y * row, row);
      System.arraycopy(right.data(), y * row, both, (2 * y + 1) * row, row);
    }
    return new RgbImage(left.width() * 2, left.height(), both);
  }
}
