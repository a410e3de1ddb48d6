package dev.deltadepth.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The part of a picture whose pixels count. Published figures use four; each is a rectangle that
 * depends on the ground truth's size alone.
 */
public enum Crop {
  /** The whole picture. */
  NONE,
  /**
   * Rows 45 to 470 and columns 41 to 600 of a 640x480 picture: NYU Depth V2 without the white frame
   * that its undistortion left (Eigen et al., NIPS 2014).
   */
  NYU_EIGEN,
  /**
   * Rows 0.3324324 H to 0.91351351 H, columns 0.0359477 W to 0.96405229 W, rounded down: KITTI as
   * Eigen et al. (NIPS 2014) cut it, in the form of BTS (Lee et al., 2019).
   */
  KITTI_EIGEN,
  /**
   * Rows 0.40810811 H to 0.99189189 H, columns 0.03594771 W to 0.96405229 W, rounded down: KITTI as
   * Garg et al. (ECCV 2016) cut it.
   */
  GARG,
  /**
   * The lowest 352 rows and the middle 1216 columns: what KITTI's depth prediction benchmark cuts
   * its pictures to (Uhrig et al., 3DV 2017).
   */
  KITTI_BENCHMARK;

  private static final int BENCHMARK_WIDTH = 1216;
  private static final int BENCHMARK_HEIGHT = 352;

  /**
   * Pixels of a picture.
   *
   * @param left first column
   * @param top first row
   * @param right one past the last column
   * @param bottom one past the last row
   */
  public record Box(int left, int top, int right, int bottom) {
    /** Pixels in it. */
    public int area() {
      return (right - left) * (bottom - top);
    }
  }

  /**
   * The rectangle in ground truth of a size.
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
          "the crop " + this + " is for ground truth of " + size + ", not " + width + "x" + height);
    }
  }

  /** The crop's name as written in files: {@code nyu-eigen}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The crop of a name as written in files; empty if there is none. */
  public static Optional<Crop> named(String name) {
    return Arrays.stream(values()).filter(crop -> crop.toString().equals(name)).findFirst();
  }
}
