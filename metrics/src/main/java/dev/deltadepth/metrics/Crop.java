package dev.deltadepth.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The part of an image whose pixels count. Published figures use four crops, each a rectangle that
 * depends only on the ground truth's size.
 */
public enum Crop {
  /** The whole image. */
  NONE,
  /**
   * Rows 45 to 470 and columns 41 to 600 of a 640x480 image: NYU Depth V2 without the white frame
   * left by undistortion (Eigen et al., NIPS 2014).
   */
  NYU_EIGEN,
  /**
   * Rows 0.3324324 H to 0.91351351 H, columns 0.0359477 W to 0.96405229 W, rounded down: the KITTI
   * crop of Eigen et al. (NIPS 2014), in the form used by BTS (Lee et al., 2019).
   */
  KITTI_EIGEN,
  /**
   * Rows 0.40810811 H to 0.99189189 H, columns 0.03594771 W to 0.96405229 W, rounded down: the
   * KITTI crop of Garg et al. (ECCV 2016).
   */
  GARG,
  /**
   * The bottom 352 rows and the central 1216 columns: the crop of KITTI's depth prediction
   * benchmark (Uhrig et al., 3DV 2017).
   */
  KITTI_BENCHMARK;

  private static final int BENCHMARK_WIDTH = 1216;
  private static final int BENCHMARK_HEIGHT = 352;

  /**
   * A rectangle of pixels.
   *
   * @param left first column
   * @param top first row
   * @param right one past the last column
   * @param bottom one past the last row
   */
  public record Box(int left, int top, int right, int bottom) {
    /** Number of pixels. */
    public int area() {
      return (right - left) * (bottom - top);
    }
  }

  /**
   * The rectangle for ground truth of a size.
   *
   * @throws MetricsException if the crop is not defined for that size
   */
  public Box in(int width, int height) {
    return switch (this) {
      case NONE -> new Box(0, 0, width, height);
      case NYU_EIGEN -> {
        need(width == 640 && height == 480, "640x480", width, height);
        yield new Box(41, 45, 601, 471);
      }
      case KITTI_EIGEN ->
          new Box(
              (int) (0.0359477 * width),
              (int) (0.3324324 * height),
              (int) (0.96405229 * width),
              (int) (0.91351351 * height));
      case GARG ->
          new Box(
              (int) (0.03594771 * width),
              (int) (0.40810811 * height),
              (int) (0.96405229 * width),
              (int) (0.99189189 * height));
      case KITTI_BENCHMARK -> {
        need(
            width >= BENCHMARK_WIDTH && height >= BENCHMARK_HEIGHT,
            "at least 1216x352",
            width,
            height);
        int left = (width - BENCHMARK_WIDTH) / 2;
        yield new Box(left, height - BENCHMARK_HEIGHT, left + BENCHMARK_WIDTH, height);
      }
    };
  }

  private void need(boolean fits, String size, int width, int height) {
    if (!fits) {
      throw new MetricsException(
          "crop " + this + " requires ground truth of " + size + ", not " + width + "x" + height);
    }
  }

  /** The crop's name in files: {@code nyu-eigen}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The crop with a name in files; empty if there is none. */
  public static Optional<Crop> named(String name) {
    return Arrays.stream(values()).filter(crop -> crop.toString().equals(name)).findFirst();
  }
}
