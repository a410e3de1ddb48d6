package dev.deltadepth.nn.weights;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random weights to start training from. */
public final class Initializer {

  private Initializer() {}

  /**
   * Weights for the parameters of a network. Kernels are normal with variance 2 / fan-out (He et
   * al. 2015), or 2 / fan-in if that is smaller, so that a layer with one output does not start
   * with values that saturate a sigmoid; matrices and embeddings are normal with a standard
   * deviation of 0.02, normalisations and layer scales the identity, biases and the kernels
   * {@linkplain dev.deltadepth.nn.Conv2d#fromZero from zero} zero. The same seed gives the same
   * weights.
   */
  public static Weights random(List<Parameter> parameters, long seed) {
    Random random = new Random(seed);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      float[] data = new float[parameter.count()];
      switch (parameter.role()) {
        case CONV_WEIGHT -> normal(data, Math.sqrt(2.0 / fan(parameter)), random);
        case LINEAR_WEIGHT, EMBEDDING -> normal(data, 0.02, random);
        case NORM_WEIGHT, RUNNING_VAR, LAYER_SCALE -> Arrays.fill(data, 1);
        case ZERO_CONV_WEIGHT, BIAS, NORM_BIAS, RUNNING_MEAN -> {} // zeros
      }
      int[] shape = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      arrays.put(parameter.name(), new FloatArray(shape, data));
    }
    return Weights.of(arrays);
  }

  /** The larger of fan-out and fan-in; a depthwise kernel has one channel per group. */
  private static double fan(Parameter parameter) {
    List<Integer> shape = parameter.shape();
    int perGroup = shape.get(1);
    int outputs = perGroup == 1 ? 1 : shape.get(0);
    return Math.max(outputs, perGroup) * (double) shape.get(2) * shape.get(3);
  }

  private static void normal(float[] data, double deviation, Random random) {
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) (random.nextGaussian() * deviation);
    }
  }
}
