package dev.deltadepth.eval.report;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.metrics.Region;
import java.util.Arrays;

/** Thumbnails of photos, maps and errors as JPEG. */
final class Views {
  /** The relative error at the end of the colour scale. */
  static final double WORST_ERROR = 0.5;

  static final Colormap DEPTH = Colormap.named("inferno");
  static final Colormap ERROR = Colormap.named("viridis");

  private static final int LONGEST = 320;
  private static final float QUALITY = 0.8f;

  /** Colour of missing values. */
  private static final int GREY = 0x808080;

  /**
   * Share of pixels at each end that the colour scale ignores, so that outliers do not use it up.
   */
  private static final double TAIL = 0.01;

  private Views() {}

  /** A photo as a thumbnail. */
  static byte[] photo(RgbImage photo) {
    double scale = Math.min(1, LONGEST / (double) Math.max(photo.width(), photo.height()));
    int width = Math.max(1, (int) Math.round(scale * photo.width()));
    int height = Math.max(1, (int) Math.round(scale * photo.height()));
    return ImageFiles.jpeg(Resizer.resize(photo, width, height), QUALITY);
  }

  /** A disparity map in colours, as a thumbnail. */
  static byte[] map(DepthMap map) {
    return photo(coloured(map));
  }

  /** A disparity map in colours at full size, from dark (far) to bright (near). */
  static RgbImage coloured(DepthMap map) {
    float[] sorted = map.data().clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    while (count > 0 && Float.isNaN(sorted[count - 1])) {
      count--;
    }
    float low = count == 0 ? 0 : sorted[(int) (TAIL * (count - 1))];
    float high = count == 0 ? 0 : sorted[(int) Math.ceil((1 - TAIL) * (count - 1))];
    return colours(map.width(), map.height(), map.data(), DEPTH, low, high);
  }

  /** Ground truth coloured as disparity, as a thumbnail; pixels that do not count are grey. */
  static byte[] truth(DepthMap truth, Region region) {
    return map(region.disparity(truth));
  }

  /** Errors in colours, from 0 to {@link #WORST_ERROR} and beyond; missing ones are grey. */
  static RgbImage errors(int width, int height, float[] errors) {
    return colours(width, height, errors, ERROR, 0, (float) WORST_ERROR);
  }

  private static RgbImage colours(
      int width, int height, float[] values, Colormap colours, float low, float high) {
    byte[] out = new byte[values.length * 3];
    for (int i = 0; i < values.length; i++) {
      float part = high > low ? (values[i] - low) / (high - low) : 0;
      int colour = Float.isNaN(values[i]) ? GREY : colours.rgb(part);
      out[3 * i] = (byte) (colour >> 16);
      out[3 * i + 1] = (byte) (colour >> 8);
      out[3 * i + 2] = (byte) colour;
    }
    return new RgbImage(width, height, out);
  }
}
