package dev.deltadepth.web.engine;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.JointUpsampler;
import dev.deltadepth.core.MapRows;
import dev.deltadepth.core.Normalization;
import dev.deltadepth.core.view.PngEncoder;

/**
 * A map as a PNG file of its photo's size, made row by row: of a photo of twelve megapixels neither
 * the map nor its colours are ever in memory as a whole.
 */
public enum MapFile {
  /** Coloured as on the screen. */
  COLOUR,
  /** 16-bit greyscale; near is white. */
  GREY,
  /** The photo and the coloured map side by side. */
  SIDE;

  /**
   * Makes the file.
   *
   * @param map of the network's size
   * @param photo that it belongs to
   * @param window the values of the lowest and the highest colour or grey
   */
  byte[] of(DepthMap map, PhotoRows photo, Normalization window, Colormap colours) {
    int width = photo.width();
    PngEncoder file =
        switch (this) {
          case COLOUR -> PngEncoder.rgb(width, photo.height());
          case GREY -> PngEncoder.grey16(width, photo.height());
          case SIDE -> PngEncoder.rgb(2 * width, photo.height());
        };
    byte[] row = new byte[this == SIDE ? 3 * width : 0];
    byte[] both = new byte[2 * row.length];
    MapRows sink =
        (y, values) -> {
          DepthMap one = new DepthMap(map.kind(), width, 1, values);
          switch (this) {
            case COLOUR -> file.row(colours.apply(one, window).data());
            case GREY -> file.row(window.sixteenBits(one));
            case SIDE -> {
              photo.bytes(y, row);
              System.arraycopy(row, 0, both, 0, row.length);
              System.arraycopy(colours.apply(one, window).data(), 0, both, row.length, row.length);
              file.row(both);
            }
          }
        };
    JointUpsampler.rows(map, photo, photo.resized(map.width(), map.height()), sink);
    return file.file();
  }
}
