package dev.deltadepth.io;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import java.io.IOException;
import java.io.OutputStream;
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
    AtomicFile.write(file, out -> write(map, photo, format, colours, out));
  }

  /**
   * Writes what such a file holds to a stream, which stays open.
   *
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if the map is no disparity, or photo and map differ in size
   */
  public static void write(
      DepthMap map, RgbImage photo, DepthFormat format, Colormap colours, OutputStream out)
      throws IOException {
    map.require(Kind.DISPARITY);
    switch (format) {
      case PNG -> ImageEncoder.png(Pixels.buffered(colours.apply(map)), out);
      case PNG16 -> sixteenBits(map).writeTo(out);
      case PFM -> PfmFile.write(map, out);
      case NPY ->
          NpyFile.write(new NpyArray(new int[] {map.height(), map.width()}, map.data()), out);
      case SIDE -> ImageEncoder.png(Pixels.buffered(sideBySide(photo, colours.apply(map))), out);
    }
  }

  private static GreyImage sixteenBits(DepthMap map) {
    char[] grey = Normalization.of(map).sixteenBits(map);
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
