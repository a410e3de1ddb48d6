package dev.deltadepth.core.steady;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;

/** Pictures and maps made by arithmetic. */
final class Made {
  private Made() {}

  /** A texture of waves in all directions, 0..255; defined between pixels too. */
  static DoubleBinaryOperator waves(long seed) {
    Random random = new Random(seed);
    int count = 24;
    double[] across = new double[count];
    double[] along = new double[count];
    double[] phases = new double[count];
    for (int i = 0; i < count; i++) {
      double length = 7 * Math.pow(8, random.nextDouble());
      double angle = 2 * Math.PI * random.nextDouble();
      across[i] = 2 * Math.PI * Math.cos(angle) / length;
      along[i] = 2 * Math.PI * Math.sin(angle) / length;
      phases[i] = 2 * Math.PI * random.nextDouble();
    }
    return (x, y) -> {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += Math.sin(across[i] * x + along[i] * y + phases[i]);
      }
      return Math.min(Math.max(128 + 22 * sum, 0), 255);
    };
  }

  /** A grey picture of a function of the pixels' places. */
  static RgbImage picture(int width, int height, DoubleBinaryOperator brightness) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      int row = i / width;
      long value = Math.round(brightness.applyAsDouble(i % width, row));
      Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) Math.min(Math.max(value, 0), 255));
    }
    return new RgbImage(width, height, rgb);
  }

  /** A map of a function of the pixels' places. */
  static DepthMap map(int width, int height, DoubleBinaryOperator disparity) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      int row = i / width;
      values[i] = (float) disparity.applyAsDouble(i % width, row);
    }
    return new DepthMap(DepthMap.Kind.DISPARITY, width, height, values);
  }

  /** The map with another scale and shift and with noise of its own. */
  static DepthMap flickering(
      DepthMap map, double scale, double shift, double noise, Random random) {
    return map(
        map.width(),
        map.height(),
        (x, y) -> scale * map.value((int) x, (int) y) + shift + noise * random.nextGaussian());
  }

  /** All results of a clip, in their order. */
  static List<DepthMap> steady(int lookahead, List<RgbImage> frames, List<DepthMap> maps) {
    SteadyDepth steady = new SteadyDepth(lookahead);
    List<DepthMap> out = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      out.addAll(steady.add(frames.get(i), maps.get(i)));
    }
    out.addAll(steady.finish());
    return out;
  }

  /** The mean distance of two maps. */
  static double apart(DepthMap a, DepthMap b) {
    double sum = 0;
    for (int i = 0; i < a.data().length; i++) {
      sum += Math.abs(a.data()[i] - b.data()[i]);
    }
    return sum / a.data().length;
  }
}
