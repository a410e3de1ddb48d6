package dev.deltadepth.onnx;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.LayerNorm;
import dev.deltadepth.nn.Linear;
import dev.deltadepth.nn.weights.Weights;
import java.util.Optional;

/**
 * A linear layer with the scale and shift of the preceding layer normalisation folded into its
 * matrix and bias.
 *
 * @param matrix [out, in], row-major
 * @param bias one value per output
 */
record FoldedLinear(float[] matrix, float[] bias) {

  /**
   * Folds a pending normalisation into a layer.
   *
   * @param pending the normalisation whose scale and shift are still to be applied, if any
   */
  static FoldedLinear of(Linear linear, Optional<LayerNorm> pending, Weights weights) {
    float[] matrix = weights.get(linear.weight()).data().clone();
    float[] bias = weights.get(linear.bias()).data().clone();
    pending.ifPresent(
        norm -> fold(matrix, bias, weights.get(norm.weight()), weights.get(norm.bias())));
    return new FoldedLinear(matrix, bias);
  }

  private static void fold(float[] matrix, float[] bias, FloatArray scale, FloatArray shift) {
    int in = matrix.length / bias.length;
    for (int o = 0; o < bias.length; o++) {
      double sum = bias[o];
      for (int i = 0; i < in; i++) {
        sum += (double) matrix[o * in + i] * shift.data()[i];
        matrix[o * in + i] *= scale.data()[i];
      }
      bias[o] = (float) sum;
    }
  }

  /** Length of an input token. */
  int in() {
    return matrix.length / bias.length;
  }

  /** The layer with every output multiplied by its factor. */
  FoldedLinear scaled(float[] factors) {
    float[] rows = matrix.clone();
    float[] sums = bias.clone();
    for (int o = 0; o < sums.length; o++) {
      sums[o] *= factors[o];
      for (int i = o * in(); i < (o + 1) * in(); i++) {
        rows[i] *= factors[o];
      }
    }
    return new FoldedLinear(rows, sums);
  }

  /** The transposed matrix for outputs {@code from} to {@code to}, [in, to - from]. */
  float[] columns(int from, int to) {
    float[] transposed = new float[in() * (to - from)];
    for (int o = from; o < to; o++) {
      for (int i = 0; i < in(); i++) {
        transposed[i * (to - from) + o - from] = matrix[o * in() + i];
      }
    }
    return transposed;
  }
}
