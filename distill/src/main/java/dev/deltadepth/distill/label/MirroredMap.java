package dev.deltadepth.distill.label;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.metrics.Agreement;
import java.util.Arrays;

/** A teacher's map of an image, and its map of the mirrored image, mirrored back. */
final class MirroredMap {
  private final InputSize size;
  private final float[] map;
  private final float[] back;

  private MirroredMap(InputSize size, float[] map, float[] back) {
    this.size = size;
    this.map = map;
    this.back = back;
  }

  /**
   * Labels an image and its mirror image.
   *
   * @param rgb [3, H, W] of that size
   */
  static MirroredMap of(Teacher teacher, float[] rgb, InputSize size) {
    float[] map = teacher.label(rgb, 1, size.height(), size.width()).disparity();
    float[] mirrored = mirrored(rgb, size.width());
    float[] other = teacher.label(mirrored, 1, size.height(), size.width()).disparity();
    return new MirroredMap(size, map, mirrored(other, size.width()));
  }

  /** The mean of both, [H, W]; NaN where one of them is. */
  float[] mean() {
    float[] mean = new float[map.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = 0.5f * (map[i] + back[i]);
    }
    return mean;
  }

  /** Their correlation, -1..1; 0 if one is constant or has unknown values. */
  double correlation() {
    return Agreement.of(map(map), map(back)).pearson();
  }

  private DepthMap map(float[] values) {
    return new DepthMap(DepthMap.Kind.DISPARITY, size.width(), size.height(), values);
  }

  /** Mirrors every row. */
  private static float[] mirrored(float[] values, int width) {
    float[] mirrored = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int row = i / width * width;
      mirrored[i] = values[row + width - 1 - (i - row)];
    }
    return mirrored;
  }

  /** An image, [3, H, W], at another size. */
  static float[] resized(float[] rgb, int height, int width, InputSize size) {
    if (size.width() == width && size.height() == height) {
      return rgb.clone();
    }
    int pixels = size.width() * size.height();
    float[] small = new float[3 * pixels];
    for (int c = 0; c < 3; c++) {
      float[] plane = Arrays.copyOfRange(rgb, c * height * width, (c + 1) * height * width);
      DepthMap channel = new DepthMap(DepthMap.Kind.DISPARITY, width, height, plane);
      float[] less = Resizer.resizeAntialiased(channel, size.width(), size.height()).data();
      System.arraycopy(less, 0, small, c * pixels, pixels);
    }
    return small;
  }
}
