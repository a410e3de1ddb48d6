package dev.deltadepth.eval.report;

import dev.deltadepth.core.Colormap;
import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.io.ImageFiles;
import dev.deltadepth.metrics.Region;
import java.util.Arrays;

/** Small pictures of photos, maps and errors, as JPEG. */
final class Views {
  /** The relative error that gets the last colour. */
  static final double WORST_ERROR = 0.5;

  static final Colormap DEPTH = Colormap.named("inferno");
  static final Colormap ERROR = Colormap.named("viridis");

  private static final int LONGEST = 320;
  private static final float QUALITY = 0.8f;

  /** What has no value. */
  private static final int GREY = 0x808080;

  /** A few pixels at the ends, of no weight to the eye, are not to take all the colours. */
  private static final double TAIL = 0.01;

  private Views() {}

  /** A picture as a small file. */
  static byte[] photo(RgbImage photo) {
    double scale = Math.min(1, LONGEST / (double) Math.max(photo.width(), photo.height()));
    int width = Math.max(1, (int) Math.round(scale * photo.width()));
    int height = Math.max(1, (int) Math.round(scale * photo.height()));
    return ImageFiles.jpeg(Resizer.resize(photo, width, height), QUALITY);
  }

  /** A disparity in colours. */
  static byte[] map(DepthMap map) {
    return photo(coloured(map));
  }

  /** A disparity in colours at its full size: from dark (far) to bright (near). */
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

  /** Ground truth in the colours of a disparity; grey where no pixel counts. */
  static byte[] truth(DepthMap truth, Region region) {
    return map(region.disparity(truth));
  }

  /** Errors in colours, 0 to {@link #WORST_ERROR} and beyond; grey where there are none. */
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
