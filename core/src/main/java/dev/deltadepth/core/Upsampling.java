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
  },
  /** By bilinear interpolation, without looking at the photo. */
  BILINEAR {
    @Override
    public DepthMap enlarge(DepthMap map, RgbImage photo) {
      return Resizer.resize(map, photo.width(), photo.height());
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
