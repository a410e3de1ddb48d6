package dev.deltadepth.runtime;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.RgbImage;
import dev.deltadepth.core.Tiles;
import dev.deltadepth.core.space.Camera;
import java.util.ArrayList;
import java.util.List;

/**
 * Estimates a photo in overlapping tiles: for detail in large photos, for very long ones, which a
 * network would see squeezed, and for panoramas whose left and right edges have to agree. The
 * network sees the whole photo once at its native size, and every tile at the estimator's size.
 */
public final class TiledEstimator {

  /**
   * Longer photos are squeezed by {@link InputSize#ofPhoto}: they are cut unless told otherwise.
   */
  private static final int LONGEST = 8;

  private static final int SMALLEST = 64;
  private static final int MOST = 100;

  private final DepthEstimator estimator;
  private final Tiling tiling;

  /**
   * How a photo is cut.
   *
   * @param across tiles across the shorter side; 0 for one in photos more than eight times as long
   *     as wide, and none in others
   * @param wraps whether the last column continues in the first
   */
  public record Tiling(int across, boolean wraps) {

    /** Only photos that a network would see squeezed are cut. */
    public static final Tiling AUTOMATIC = new Tiling(0, false);

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Tiling {
      if (across < 0) {
        throw new IllegalArgumentException("tiles must not be negative: " + across);
      }
    }

    /** Tiles across the shorter side of a photo; 0 if it is not cut. */
    public int of(int width, int height) {
      int shorter = Math.min(width, height);
      int longer = Math.max(width, height);
      // A picture of a few pixels by millions is no photo, and would be millions of tiles.
      boolean squeezed =
          shorter >= SMALLEST
              && longer > (long) LONGEST * shorter
              && longer <= (long) MOST * shorter;
      return across > 0 ? across : squeezed || wraps ? 1 : 0;
    }
  }

  /** Estimates with an estimator, which stays open. */
  public TiledEstimator(DepthEstimator estimator, Tiling tiling) {
    this.estimator = estimator;
    this.tiling = tiling;
  }

  private void requireWide(int width, int height) {
    if (tiling.wraps() && width < height) {
      throw new ModelException(
          "a photo of 360 degrees is at least as wide as high, not " + width + "x" + height);
    }
  }

  /**
   * The largest input that the network gets for a photo.
   *
   * @throws ModelException if a photo that wraps is higher than wide
   */
  public InputSize inputSize(int width, int height) {
    int across = tiling.of(width, height);
    if (across == 0) {
      return estimator.inputSize(width, height);
    }
    requireWide(width, height);
    Tiles.Tile tile = Tiles.of(width, height, across, tiling.wraps()).tiles().get(0);
    return estimator.inputSize(Math.min(tile.side(), width), Math.min(tile.side(), height));
  }

  /**
   * The photo's disparity.
   *
   * @return as {@link DepthEstimator#estimate(RgbImage)}; where it is cut, in the scale of the map
   *     of the whole
   * @throws ModelException if the model fails, or puts out metres, which are not joined, or a photo
   *     that wraps is higher than wide
   */
  public DepthMap estimate(RgbImage photo) {
    return estimate(photo, Camera.unknown(photo.width(), photo.height()));
  }

  /**
   * The same for a model that wants to know the camera.
   *
   * @param camera of the photo, in its pixels; where the photo is cut, it is not used
   * @return as {@link #estimate(RgbImage)}
   * @throws ModelException as {@link #estimate(RgbImage)}
   */
  public DepthMap estimate(RgbImage photo, Camera camera) {
    int across = tiling.of(photo.width(), photo.height());
    if (across == 0) {
      return estimator.estimate(photo, estimator.size(), camera);
    }
    requireWide(photo.width(), photo.height());
    Tiles tiles = Tiles.of(photo.width(), photo.height(), across, tiling.wraps());
    DepthMap whole = estimator.estimate(photo, estimator.description().size().shorterSide());
    if (whole.kind() != DepthMap.Kind.DISPARITY) {
      throw new ModelException("tiles are for models of disparity, not of metres");
    }
    List<DepthMap> maps = new ArrayList<>();
    for (Tiles.Tile tile : tiles.tiles()) {
      maps.add(estimator.estimate(tiles.cut(photo, tile)));
    }
    return tiles.join(maps, whole);
  }
}
