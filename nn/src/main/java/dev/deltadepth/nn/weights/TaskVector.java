package dev.deltadepth.nn.weights;

import dev.deltadepth.core.FloatArray;
import dev.deltadepth.nn.NetworkException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What training changed, added to other weights of the same shapes (Ilharco et al. 2023, "Editing
 * Models with Task Arithmetic", section 2): weights that were fine-tuned from an old model get what
 * a new one has learned since, without training.
 */
public final class TaskVector {
  private static final String VARIANCE = ".running_var";

  private TaskVector() {}

  /**
   * {@code weights + scale (after - before)}. Variances are multiplied by {@code (after /
   * before)^scale} instead, so that they stay positive.
   *
   * @param weights to add to; the result has their metadata
   * @param before the model from which both others were trained
   * @param after the model trained further
   * @param scale of what is added; 1 for all of it
   * @throws NetworkException naming an array that is missing or differs in shape
   */
  public static Weights add(Weights weights, Weights before, Weights after, double scale) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (String name : weights.names()) {
      FloatArray array = weights.get(name);
      float[] was = same(array, before, name);
      float[] is = same(array, after, name);
      float[] sum = array.data().clone();
      boolean isVariance = name.endsWith(VARIANCE);
      for (int i = 0; i < sum.length; i++) {
        if (!isVariance) {
          sum[i] += (float) (scale * ((double) is[i] - was[i]));
        } else if (was[i] > 0 && is[i] > 0) {
          sum[i] *= (float) Math.pow((double) is[i] / was[i], scale);
        }
      }
      arrays.put(name, new FloatArray(array.shape(), sum));
    }
    return Weights.of(arrays).withMetadata(weights.metadata());
  }

  private static float[] same(FloatArray array, Weights other, String name) {
    FloatArray found = other.get(name);
    if (!Arrays.equals(found.shape(), array.shape())) {
      throw new NetworkException(
          "cannot add what was learned to %s: its shape is %s in some weights and %s in others"
              .formatted(name, Arrays.toString(array.shape()), Arrays.toString(found.shape())));
    }
    return found.data();
  }
}
