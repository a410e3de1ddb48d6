package dev.deltadepth.nn.weights;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts a wider network from a narrower one of the same layers, so that it computes the same
 * function before its first step (after Chen et al. 2016, "Net2Net", but new channels are random
 * instead of copies, and nobody reads them yet).
 *
 * <p>Tokens are layer-normalised over their channels: their new channels stay zero, what writes
 * into them has its mean over the channels removed (which a layer normalisation does not see), and
 * the normalisation's scale makes up for the zeros.
 */
public final class Widening {

  private final Weights narrow;
  private final Weights random;

  private Widening(Weights narrow, Weights random) {
    this.narrow = narrow;
    this.random = random;
  }

  /**
   * Weights for the wider network.
   *
   * @param narrow weights of a MobileViT student
   * @param wide the wider student's parameters
   * @param seed of the new channels
   * @throws NetworkException if an array is missing or would have to shrink
   */
  public static Weights widen(Weights narrow, List<Parameter> wide, long seed) {
    Widening widening = new Widening(narrow, Initializer.random(wide, seed));
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : wide) {
      arrays.put(parameter.name(), widening.array(parameter.name()));
    }
    return Weights.of(arrays);
  }

  private FloatArray array(String name) {
    FloatArray from = narrow.get(name);
    FloatArray to = random.get(name);
    int[] was = ChannelBlocks.matrix(from);
    int[] is = ChannelBlocks.matrix(to);
    if (was[0] > is[0] || was[1] > is[1] || was[2] != is[2]) {
      throw new NetworkException(
          "cannot start from a student that is narrower in some layers and wider in others: "
              + "%s has shape %s, but must have %s"
                  .formatted(name, Arrays.toString(from.shape()), Arrays.toString(to.shape())));
    }
    float[] old = from.data();
    if (writesTokens(name)) {
      old = centred(from, was);
    }
    double scale = 1;
    if (tokenNorm(name) && name.endsWith(".weight")) {
      scale = Math.sqrt(was[0] / (double) is[0]);
    }
    int[] rows = places(was[0], is[0], ChannelBlocks.rows(name, was[0], is[0]));
    int[] columns = places(was[1], is[1], ChannelBlocks.columns(name, was, is));
    float[] data = to.data().clone();
    boolean[] oldRow = new boolean[is[0]];
    for (int row : rows) {
      oldRow[row] = true;
    }
    for (int row = 0; row < is[0]; row++) {
      if (oldRow[row] ? !readsTokens(name) : writesTokens(name) || isKey(name, row, is[0])) {
        Arrays.fill(data, row * is[1] * is[2], (row + 1) * is[1] * is[2], 0);
      }
    }
    for (int row = 0; row < was[0]; row++) {
      double factor = isQuery(name, row, was[0]) ? Math.sqrt(is[0] / (double) was[0]) : scale;
      for (int column = 0; column < was[1]; column++) {
        for (int i = 0; i < is[2]; i++) {
          data[(rows[row] * is[1] + columns[column]) * is[2] + i] =
              (float) (factor * old[(row * was[1] + column) * is[2] + i]);
        }
      }
    }
    return new FloatArray(to.shape(), data);
  }

  /** Writes into the residual stream of tokens, which only layer normalisations read. */
  private static boolean writesTokens(String name) {
    return name.endsWith("conv_1x1.weight")
        || name.contains(".attn.proj.")
        || name.contains(".mlp.fc2.");
  }

  /** Reads tokens after a layer normalisation: their new channels are zero, any weight will do. */
  private static boolean readsTokens(String name) {
    return name.endsWith(".attn.qkv.weight")
        || name.endsWith(".mlp.fc1.weight")
        || name.endsWith(".conv_proj.conv.weight");
  }

  private static boolean tokenNorm(String name) {
    return name.contains(".norm1.") || name.contains(".norm2.") || name.contains(".norm.");
  }

  /** Scores are divided by the root of a head's width, which has grown. */
  private static boolean isQuery(String name, int row, int rows) {
    return name.contains(".attn.qkv.") && row < rows / 3;
  }

  /** New channels of queries are random; those of keys must be zero. */
  private static boolean isKey(String name, int row, int rows) {
    return name.contains(".attn.qkv.") && row >= rows / 3 && row < rows / 3 * 2;
  }

  private static float[] centred(FloatArray array, int[] shape) {
    int width = shape[1] * shape[2];
    float[] data = array.data().clone();
    for (int column = 0; column < width; column++) {
      double sum = 0;
      for (int row = 0; row < shape[0]; row++) {
        sum += data[row * width + column];
      }
      for (int row = 0; row < shape[0]; row++) {
        data[row * width + column] -= (float) (sum / shape[0]);
      }
    }
    return data;
  }

  /** Where each old row or column lies among the new ones. */
  private static int[] places(int was, int is, int[][] blocks) {
    int[] places = new int[was];
    int old = 0;
    int start = 0;
    for (int[] block : blocks) {
      for (int i = 0; i < block[0]; i++) {
        places[old++] = start + i;
      }
      start += block[1];
    }
    if (old != was || start != is) {
      throw new IllegalStateException("blocks do not fill " + was + " and " + is);
    }
    return places;
  }
}
