package dev.deltadepth.io.map;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.core.FloatArray;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.io.AwtImages;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.ImageEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Writes depth maps in the formats of {@link DepthFormat}. */
public final class DepthWriter {

  private DepthWriter() {}

  /**
   * Writes a map by itself; the file appears complete or not at all.
   *
   * @param map disparity
   * @param format one that does not show the photo
   * @param colours for {@link DepthFormat#PNG}
   * @throws FileException if the file cannot be written
   * @throws IllegalArgumentException if the map is not disparity, or the format shows the photo
   */
  public static void write(DepthMap map, DepthFormat format, Colormap colours, Path file) {
    write(map, Optional.empty(), format, colours, file);
  }

  /**
   * Writes a map; the file appears complete or not at all.
   *
   * @param map disparity
   * @param photo the picture it belongs to, of the same size; only {@link DepthFormat#SIDE} shows
   *     it
   * @param colours for {@link DepthFormat#PNG} and {@link DepthFormat#SIDE}
   * @throws FileException if the file cannot be written
   * @throws IllegalArgumentException if the map is not disparity, or photo and map differ in size
   */
  public static void write(
      DepthMap map, RgbImage photo, DepthFormat format, Colormap colours, Path file) {
    write(map, Optional.of(photo), format, colours, file);
  }

  private static void write(
      DepthMap map, Optional<RgbImage> photo, DepthFormat format, Colormap colours, Path file) {
    check(map, photo, format);
    AtomicFile.write(file, out -> write(map, photo, format, colours, out));
  }

  /**
   * Writes a map by itself to a stream, which stays open.
   *
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if the map is not disparity, or the format shows the photo
   */
  public static void write(DepthMap map, DepthFormat format, Colormap colours, OutputStream out)
      throws IOException {
    write(map, Optional.empty(), format, colours, out);
  }

  /**
   * Writes a map to a stream, which stays open.
   *
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if the map is not disparity, or photo and map differ in size
   */
  public static void write(
      DepthMap map, RgbImage photo, DepthFormat format, Colormap colours, OutputStream out)
      throws IOException {
    write(map, Optional.of(photo), format, colours, out);
  }

  private static void check(DepthMap map, Optional<RgbImage> photo, DepthFormat format) {
    map.require(Kind.DISPARITY);
    if (format.showsPhoto() && photo.isEmpty()) {
      throw new IllegalArgumentException(
          "the format '" + format.label() + "' shows the photo beside the map: pass the photo");
    }
  }

  private static void write(
      DepthMap map,
      Optional<RgbImage> photo,
      DepthFormat format,
      Colormap colours,
      OutputStream out)
      throws IOException {
    check(map, photo, format);
    switch (format) {
      case PNG -> ImageEncoder.png(AwtImages.buffered(colours.apply(map)), out);
      case PNG16 -> sixteenBits(map).writeTo(out);
      case PFM -> PfmFile.write(map, out);
      case NPY -> NpyFile.write(FloatArray.of(map), out);
      case SIDE ->
          ImageEncoder.png(
              AwtImages.buffered(sideBySide(photo.orElseThrow(), colours.apply(map))), out);
    }
  }

  private static GreyImage sixteenBits(DepthMap map) {
    char[] grey = Normalization.of(map).sixteenBits(map);
    return new GreyImage(map.width(), map.height(), 16, grey);
  }

  private static RgbImage sideBySide(RgbImage left, RgbImage right) {
    if (left.width() != right.width() || left.height() != right.height()) {
      throw new IllegalArgumentException(
          "the photo has "
              + left.width()
              + "x"
              + left.height()
              + " pixels, but its map has "
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
