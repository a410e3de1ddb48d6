package dev.deltadepth.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a network's map is brought to the size of its photo. */
public enum Upsampling {
  /** Along the edges of the photo, see {@link JointUpsampler}. */
  JOINT {
    @Override
    public DepthMap enlarge(DepthMap map, RgbImage photo) {
      return JointUpsampler.enlarge(map, photo);
    }

    @Override
    public DepthMap enlarge(DepthMap map, Guide photo, RgbImage small) {
      return JointUpsampler.enlarge(map, photo, small);
    }

    @Override
    public void rows(DepthMap map, Guide photo, RgbImage small, MapRows sink) {
      JointUpsampler.rows(map, photo, small, sink);
    }
  },
  /** By bilinear interpolation, without looking at the photo. */
  BILINEAR {
    @Override
    public DepthMap enlarge(DepthMap map, RgbImage photo) {
      return Resizer.resize(map, photo.width(), photo.height());
    }

    @Override
    public DepthMap enlarge(DepthMap map, Guide photo, RgbImage small) {
      return Resizer.resize(map, photo.width(), photo.height());
    }

    @Override
    public void rows(DepthMap map, Guide photo, RgbImage small, MapRows sink) {
      MapRows.give(enlarge(map, photo, small), sink);
    }
  };

  /**
   * Brings a map to the size of its photo.
   *
   * @param map of the whole photo, of any kind
   * @param photo that the map belongs to
   * @return a map of the photo's size and the map's kind
   */
  public abstract DepthMap enlarge(DepthMap map, RgbImage photo);

  /**
   * The same for somebody who has the photo at the map's size already.
   *
   * @param small the photo at the map's size
   * @throws IllegalArgumentException if it has another size and is looked at
   */
  public abstract DepthMap enlarge(DepthMap map, Guide photo, RgbImage small);

  /**
   * The same row by row, for somebody who does not need the whole map in memory.
   *
   * @param small the photo at the map's size
   * @param sink gets as many rows as the photo has
   * @throws IllegalArgumentException if the small photo has another size and is looked at
   */
  public abstract void rows(DepthMap map, Guide photo, RgbImage small, MapRows sink);

  /** The name in options: {@code joint}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with a name in options; empty if there is none. */
  public static Optional<Upsampling> named(String name) {
    return Arrays.stream(values()).filter(one -> one.toString().equals(name)).findFirst();
  }
}
