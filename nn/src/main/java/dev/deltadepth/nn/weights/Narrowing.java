package dev.deltadepth.nn.weights;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts a narrower network from a wider one of the same layers with evenly spaced channels of it,
 * the same ones wherever a map is written and read (Xu et al. 2024, "Initializing Models with
 * Larger Ones", uniform selection). Its maps are poor at first, but it learns faster than from
 * random weights.
 */
public final class Narrowing {

  private Narrowing() {}

  /**
   * Weights for the narrower network.
   *
   * @param wide weights of a MobileViT student
   * @param narrow the narrower student's parameters
   * @throws NetworkException if an array is missing or would have to grow
   */
  public static Weights narrow(Weights wide, List<Parameter> narrow) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : narrow) {
      arrays.put(parameter.name(), selected(wide, parameter));
    }
    return Weights.of(arrays);
  }

  private static FloatArray selected(Weights wide, Parameter parameter) {
    String name = parameter.name();
    FloatArray from = wide.get(name);
    FloatArray to =
        new FloatArray(
            parameter.shape().stream().mapToInt(Integer::intValue).toArray(),
            new float[parameter.count()]);
    int[] was = ChannelBlocks.matrix(from);
    int[] is = ChannelBlocks.matrix(to);
    if (was[0] < is[0] || was[1] < is[1] || was[2] != is[2]) {
      throw new NetworkException(
          "cannot start from a student that is wider in some layers and narrower in others: "
              + "%s has shape %s, but must have %s"
                  .formatted(name, Arrays.toString(from.shape()), Arrays.toString(to.shape())));
    }
    int[] rows = evenly(is[0], ChannelBlocks.rows(name, was[0], is[0]));
    int[] columns = evenly(is[1], ChannelBlocks.columns(name, was, is));
    for (int row = 0; row < is[0]; row++) {
      for (int column = 0; column < is[1]; column++) {
        System.arraycopy(
            from.data(),
            (rows[row] * was[1] + columns[column]) * is[2],
            to.data(),
            (row * is[1] + column) * is[2],
            is[2]);
      }
    }
    return to;
  }

  /** The old places of the new rows or columns, spaced evenly in each block. */
  private static int[] evenly(int count, int[][] blocks) {
    int[] places = new int[count];
    int place = 0;
    int start = 0;
    for (int[] block : blocks) {
      for (int i = 0; i < block[1]; i++) {
        places[place++] = start + i * block[0] / block[1];
      }
      start += block[0];
    }
    return places;
  }
}
