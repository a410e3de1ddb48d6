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
    boolean single = shape.length == 4 && shape[1] == 1;
    if (shape[0] != batch || (shape.length != 3 && !single)) {
      throw new ModelException(
          file
              + ": output "
              + description.output().name()
              + " has the shape "
              + Arrays.toString(shape)
              + "; a depth map is [N, H, W] or [N, 1, H, W]");
    }
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
    int last = shape.length - 1;
    return new ModelOutputs(batch, (int) shape[last - 1], (int) shape[last], values, features);
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

  /** The values; ONNX Runtime has already copied them out of its own memory. */
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
