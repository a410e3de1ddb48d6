package dev.deltadepth.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import dev.deltadepth.runtime.ModelDescription.Feature;
import dev.deltadepth.runtime.ModelDescription.OutputKind;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a model's outputs.
 *
 * @param file the model's name in messages
 * @param description what its values mean
 */
record OutputReader(String file, ModelDescription description) {

  /**
   * The map and, if wanted, the features.
   *
   * @throws ModelException if their shapes differ from the description
   */
  ModelOutputs outputs(OrtSession.Result result, int batch, boolean withFeatures) {
    OnnxTensor map = get(result, description.output().name());
    long[] shape = map.getInfo().getShape();
    int[] rowsAndColumns = rowsAndColumns(shape, batch);
    float[] values = floats(map);
    if (description.output().kind() != OutputKind.DISPARITY) {
      invert(values);
    }
    List<FeatureMap> features = new ArrayList<>();
    if (withFeatures) {
      for (Feature feature : description.features()) {
        features.add(featureMap(get(result, feature.name()), feature));
      }
    }
    return new ModelOutputs(batch, rowsAndColumns[0], rowsAndColumns[1], values, features);
  }

  /** What is left of [N, H, W] or [H, W] without further axes of length 1, the first ones first. */
  private int[] rowsAndColumns(long[] shape, int batch) {
    List<Long> axes = new ArrayList<>();
    for (long axis : shape) {
      axes.add(axis);
    }
    boolean whole = axes.size() == 2 && batch == 1;
    if (axes.size() > 2 && axes.get(0) == batch) {
      axes.remove(0);
      whole = true;
    }
    boolean further = axes.size() > 2;
    while (further) {
      further = axes.remove(1L) && axes.size() > 2;
    }
    if (!whole || axes.size() != 2) {
      throw new ModelException(
          file
              + ": output "
              + description.output().name()
              + " has the shape "
              + Arrays.toString(shape)
              + "; a depth map is [N, H, W] or [H, W], with any further axes of length 1");
    }
    return new int[] {axes.get(0).intValue(), axes.get(1).intValue()};
  }

  private FeatureMap featureMap(OnnxTensor tensor, Feature feature) {
    long[] shape = tensor.getInfo().getShape();
    if (shape.length != 4 || shape[1] != feature.channels()) {
      throw new ModelException(
          file
              + ": feature "
              + feature.name()
              + " has the shape "
              + Arrays.toString(shape)
              + ", but its description says [N, "
              + feature.channels()
              + ", h, w]; correct the description");
    }
    return new FeatureMap(
        feature.name(), (int) shape[1], (int) shape[2], (int) shape[3], floats(tensor));
  }

  /** A float value, row-major. */
  float[] floats(OrtSession.Result result, String name) {
    return floats(get(result, name));
  }

  private OnnxTensor get(OrtSession.Result result, String name) {
    return (OnnxTensor)
        result
            .get(name)
            .orElseThrow(() -> new ModelException(file + " did not return '" + name + "'"));
  }

  /** The values; ONNX Runtime has copied them out of its memory, and widened 16 bits. */
  private static float[] floats(OnnxTensor tensor) {
    FloatBuffer copy = tensor.getFloatBuffer();
    if (copy.hasArray() && copy.arrayOffset() == 0 && copy.array().length == copy.capacity()) {
      return copy.array();
    }
    float[] values = new float[copy.remaining()];
    copy.get(values);
    return values;
  }

  /** Depth becomes disparity: 1 / depth, and NaN where there is no depth. */
  private static void invert(float[] depth) {
    for (int i = 0; i < depth.length; i++) {
      depth[i] = depth[i] > 0 ? 1 / depth[i] : Float.NaN;
    }
  }
}
