package dev.deltadepth.core.view;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is nearer than some distance, with a soft edge and the colours of the foreground alone: a
 * pixel on the edge takes its colour from inside, so that no seam of the old background comes
 * along.
 *
 * <p>The array is not copied: do not write to it after handing it over.
 *
 * @param colours the colours, wherever the opacity is above 0
 * @param opacity {@code height * width} values, row-major, 0 transparent to 255 opaque (unsigned)
 */
public record CutOut(RgbImage colours, byte[] opacity) {
  private static final int CHANNELS = 3;

  /** Bins of the histogram that the threshold is looked for in. */
  private static final int BINS = 256;

  /**
   * Checks that the array fits the picture's size.
   *
   * @throws IllegalArgumentException if it does not
   */
  public CutOut {
    if (opacity.length != colours.width() * colours.height()) {
      throw new IllegalArgumentException(
          opacity.length + " values do not fit a picture of " + colours);
    }
  }

  /**
   * Cuts the foreground out.
   *
   * @param map of the photo's size and any kind
   * @param threshold the nearness, 0..1, from which a pixel belongs to the foreground
   * @throws IllegalArgumentException if the sizes differ or the threshold is out of its range
   */
  public static CutOut of(RgbImage photo, DepthMap map, double threshold) {
    LayeredPhoto.requireSameSize(photo, map);
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("the threshold must be between 0 and 1, not " + threshold);
    }
    int width = photo.width();
    int height = photo.height();
    float[] steps = Edges.staying(Nearness.of(map));
    for (int i = 0; i < steps.length; i++) {
      steps[i] = steps[i] >= threshold ? 255 : 0;
    }
    int soft = 1 + Math.round(Math.min(width, height) / 1500f);
    float[] opacity = Box.mean(steps, width, height, soft);
    byte[] bytes = new byte[opacity.length];
    byte[] colours = photo.data().clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(opacity[i]);
      if (opacity[i] > 0 && opacity[i] < 255) {
        int inside = inside(i, opacity, width, height, 2 * soft + 1);
        System.arraycopy(photo.data(), CHANNELS * inside, colours, CHANNELS * i, CHANNELS);
      }
    }
    return new CutOut(new RgbImage(width, height, colours), bytes);
  }

  /** The nearest opaque pixel within a distance, or the pixel itself. */
  private static int inside(int pixel, float[] opacity, int width, int height, int reach) {
    int x = pixel % width;
    int y = pixel / width;
    int best = pixel;
    int closest = Integer.MAX_VALUE;
    for (int dy = Math.max(-reach, -y); dy <= Math.min(reach, height - 1 - y); dy++) {
      for (int dx = Math.max(-reach, -x); dx <= Math.min(reach, width - 1 - x); dx++) {
        int other = pixel + dy * width + dx;
        int distance = dx * dx + dy * dy;
        if (distance < closest && opacity[other] >= 255) {
          closest = distance;
          best = other;
        }
      }
    }
    return best;
  }

  /**
   * The nearness that parts foreground from background best: that with the largest variance between
   * the two (Otsu, "A threshold selection method from gray-level histograms", 1979).
   */
  public static double threshold(Nearness nearness) {
    long[] counts = new long[BINS];
    double sum = 0;
    for (float value : nearness.data()) {
      int bin = Math.min(BINS - 1, (int) (value * BINS));
      counts[bin]++;
      sum += bin;
    }
    double total = nearness.data().length;
    double below = 0;
    double sumBelow = 0;
    double most = -1;
    int best = 0;
    for (int bin = 0; bin < BINS - 1; bin++) {
      below += counts[bin];
      sumBelow += (double) bin * counts[bin];
      double above = total - below;
      if (below == 0 || above == 0) {
        continue;
      }
      double difference = sumBelow / below - (sum - sumBelow) / above;
      double between = below * above * difference * difference;
      if (between > most) {
        most = between;
        best = bin;
      }
    }
    return (best + 1) / (double) BINS;
  }

  /** Lays the foreground over a plain colour, {@code 0xRRGGBB}. */
  public RgbImage over(int rgb) {
    byte[] out = colours.data().clone();
    for (int i = 0; i < opacity.length; i++) {
      int cover = opacity[i] & 0xff;
      for (int c = 0; c < CHANNELS; c++) {
        int ground = rgb >> (8 * (2 - c)) & 0xff;
        int value = out[CHANNELS * i + c] & 0xff;
        out[CHANNELS * i + c] = (byte) ((value * cover + ground * (255 - cover) + 127) / 255);
      }
    }
    return new RgbImage(colours.width(), colours.height(), out);
  }

  /** Whether the other one has the same values. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CutOut that
        && colours.equals(that.colours)
        && Arrays.equals(opacity, that.opacity);
  }

  @Override
  public int hashCode() {
    return 31 * colours.hashCode() + Arrays.hashCode(opacity);
  }

  /** Says what it is without its values. */
  @Override
  public String toString() {
    return "CutOut[" + colours.width() + "x" + colours.height() + "]";
  }
}
