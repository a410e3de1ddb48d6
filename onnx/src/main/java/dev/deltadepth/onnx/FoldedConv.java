package dev.deltadepth.onnx;

import dev.deltadepth.nn.BatchNorm;
import dev.deltadepth.nn.Conv2d;
import dev.deltadepth.nn.weights.Weights;

/**
 * A convolution with the following batch normalisation folded into its kernels and bias.
 *
 * @param kernels [out, in / groups, kernel, kernel], row-major
 * @param bias one value per output channel
 */
record FoldedConv(float[] kernels, float[] bias) {

  static FoldedConv of(Conv2d conv, BatchNorm norm, Weights weights) {
    float[] kernels = weights.get(conv.weight()).data().clone();
    float[] bias = new float[conv.out()];
    int perOutput = kernels.length / conv.out();
    for (int o = 0; o < conv.out(); o++) {
      double variance = weights.get(norm.runningVar()).data()[o];
      double scale = weights.get(norm.weight()).data()[o] / Math.sqrt(variance + norm.eps());
      double mean = weights.get(norm.runningMean()).data()[o];
      bias[o] = (float) (weights.get(norm.bias()).data()[o] - scale * mean);
      for (int i = o * perOutput; i < (o + 1) * perOutput; i++) {
        kernels[i] = (float) (kernels[i] * scale);
      }
    }
    return new FoldedConv(kernels, bias);
  }

  /** The kernels of a pointwise convolution for input channels {@code from} to {@code to}. */
  float[] kernels(int from, int to) {
    int in = kernels.length / bias.length;
    float[] part = new float[bias.length * (to - from)];
    for (int o = 0; o < bias.length; o++) {
      System.arraycopy(kernels, o * in + from, part, o * (to - from), to - from);
    }
    return part;
  }
}
