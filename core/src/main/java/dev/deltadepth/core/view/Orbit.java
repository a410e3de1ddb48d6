package dev.deltadepth.core.view;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.core.RgbImage;

/**
 * A photo seen by a camera that moves a little and looks at one distance all the while. Frames are
 * drawn from the photo's two layers at twice their size and reduced, so that edges are smooth; they
 * are cropped as much as keeps the photo's edges out of sight.
 */
public final class Orbit implements Frames {
  /** The largest amount, in percent. */
  public static final double LARGEST = 10;

  /** How many times more the camera moves forward than aside for the same change of the picture. */
  private static final double FORWARD = 3;

  private static final int FINER = 2;

  private final LayeredPhoto layers;
  private final Motion motion;
  private final int width;
  private final int height;

  /**
   * How the camera moves.
   *
   * @param path the way it takes
   * @param amount how far the nearest moves against the farthest to each side, in percent of the
   *     longer side, 0..10; 2 is calm
   * @param still the nearness that it looks at, 0..1, which does not move
   * @param count frames of a loop, at least 1
   * @param millis how long each is shown, at least 1
   */
  public record Motion(CameraPath path, double amount, double still, int count, int millis) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Motion {
      if (!(amount >= 0 && amount <= LARGEST)) {
        throw new IllegalArgumentException(
            "the amount of motion must be between 0 and 10 percent, not " + amount);
      }
      if (!(still >= 0 && still <= 1)) {
        throw new IllegalArgumentException(
            "the nearness that stays still must be between 0 and 1, not " + still);
      }
      if (count < 1 || millis < 1) {
        throw new IllegalArgumentException("at least one frame of one millisecond is needed");
      }
    }
  }

  /**
   * Prepares the frames.
   *
   * @param map of the photo's size and any kind
   * @param side the longer side of the frames in pixels, at least 1; they are not larger than the
   *     photo
   * @throws IllegalArgumentException if the photo and its map differ in size, or the side is below
   *     1
   */
  public Orbit(RgbImage photo, DepthMap map, Motion motion, int side) {
    LayeredPhoto.requireSameSize(photo, map);
    if (side < 1) {
      throw new IllegalArgumentException("a frame's side must be at least 1, not " + side);
    }
    double scale = Math.min(1, (double) side / Math.max(photo.width(), photo.height()));
    this.motion = motion;
    width = Math.max(1, (int) Math.round(scale * photo.width()));
    height = Math.max(1, (int) Math.round(scale * photo.height()));
    int fineWidth = Math.min(photo.width(), FINER * width);
    int fineHeight = Math.min(photo.height(), FINER * height);
    RgbImage fine = Resizer.resize(photo, fineWidth, fineHeight);
    DepthMap fineMap = Resizer.resize(map, fineWidth, fineHeight);
    int reach = (int) Math.ceil(1.5 * motion.amount() / 100 * Math.max(fineWidth, fineHeight)) + 2;
    double larger = crop(fineWidth, fineHeight) * FINER * width / fineWidth;
    layers = LayeredPhoto.of(fine, fineMap, reach, larger);
  }

  @Override
  public int count() {
    return motion.count();
  }

  @Override
  public int millis() {
    return motion.millis();
  }

  /** Width of the frames in pixels. */
  public int width() {
    return width;
  }

  /** Height of the frames in pixels. */
  public int height() {
    return height;
  }

  @Override
  public RgbImage frame(int index) {
    CameraPath.Pose pose = motion.path().at(2 * Math.PI * index / motion.count());
    double amount = motion.amount() / 100;
    double longer = Math.max(layers.width(), layers.height());
    boolean flat = !layers.varies();
    MeshWarp warp =
        new MeshWarp(
            layers,
            new MeshWarp.View(
                flat ? 0 : -pose.x() * amount * longer,
                flat ? 0 : -pose.y() * amount * longer,
                flat ? 0 : FORWARD * amount * pose.forward(),
                motion.still(),
                flat ? 1 : crop(layers.width(), layers.height())));
    return Resizer.resize(warp.draw(FINER * width, FINER * height), width, height);
  }

  /** What moves to the edge may move on by the largest shift: so much is cropped. */
  private double crop(int columns, int rows) {
    double most = motion.amount() / 100 * Math.max(motion.still(), 1 - motion.still());
    return 1 + 2 * most * Math.max(columns, rows) / Math.min(columns, rows);
  }
}
