package dev.deltadepth.io.space;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.DepthMap.Kind;
import dev.deltadepth.io.FileException;
import dev.deltadepth.io.map.GreyImage;
import java.nio.file.Path;

/**
 * Depth in metres as 16-bit grey PNG, as depth cameras and data sets store it: the number of steps,
 * 0 where there is no depth.
 */
public final class MetricPng {
  /** Millimetres, as most depth cameras: up to 65.5 m. */
  public static final int MILLIMETRES = 1000;

  /** 1/256 m, as KITTI: up to 256 m. */
  public static final int KITTI = 256;

  private static final int MOST = 65_535;

  private MetricPng() {}

  /**
   * Writes a map; the file appears complete or not at all.
   *
   * @param map metres
   * @param steps a metre: {@link #MILLIMETRES} or {@link #KITTI}
   * @return how many pixels are too far for 16 bits; they are 0, like those without depth
   * @throws FileException if the file cannot be written
   * @throws IllegalArgumentException if the map is not in metres
   */
  public static int write(DepthMap map, int steps, Path file) {
    char[] grey = new char[map.require(Kind.METRES).data().length];
    int far = 0;
    for (int i = 0; i < grey.length; i++) {
      double value = Math.rint((double) map.data()[i] * steps);
      if (value > MOST) {
        far++;
      } else if (value > 0) {
        grey[i] = (char) value;
      }
    }
    GreyImage.write(new GreyImage(map.width(), map.height(), 16, grey), file);
    return far;
  }
}
