package dev.deltadepth.io.map;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.io.FileException;
import java.nio.file.Path;

/**
 * Depth in metres as 16-bit grey PNG, as depth cameras and data sets store it: the number of steps,
 * 0 where there is no depth.
 */
public final class MetricPng {
  /** Steps a metre of most depth cameras, millimetres: up to 65.5 m. */
  public static final int MILLIMETRES = 1000;

  /** Steps a metre of KITTI: up to 256 m. */
  public static final int KITTI = 256;

  private static final int MOST = 65_535;

  private MetricPng() {}

  /**
   * The picture of a map; pixels that are too far for 16 bits are 0, like those without depth.
   *
   * @param map metres
   * @param steps a metre: {@link #MILLIMETRES} or {@link #KITTI}
   * @throws IllegalArgumentException if the map is not in metres
   */
  public static GreyImage of(DepthMap map, int steps) {
    char[] grey = new char[map.require(Kind.METRES).data().length];
    for (int i = 0; i < grey.length; i++) {
      double value = Math.rint((double) map.data()[i] * steps);
      if (value > 0 && value <= MOST) {
        grey[i] = (char) value;
      }
    }
    return new GreyImage(map.width(), map.height(), 16, grey);
  }

  /** How many pixels of a map with depth are too far for 16 bits. */
  public static int tooFar(DepthMap map, int steps) {
    int far = 0;
    for (float metres : map.data()) {
      far += Math.rint((double) metres * steps) > MOST ? 1 : 0;
    }
    return far;
  }

  /** The depth of the brightest grey. */
  static float farthest(int steps) {
    return (float) MOST / steps;
  }

  /**
   * Writes a map; the file appears complete or not at all.
   *
   * @param map metres
   * @param steps a metre: {@link #MILLIMETRES} or {@link #KITTI}
   * @throws FileException if the file cannot be written
   * @throws IllegalArgumentException if the map is not in metres
   */
  public static void write(DepthMap map, int steps, Path file) {
    GreyImage.write(of(map, steps), file);
  }
}
