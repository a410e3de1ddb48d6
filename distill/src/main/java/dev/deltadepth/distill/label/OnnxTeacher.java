package dev.deltadepth.distill.label;

import dev.deltadepth.core.DepthMap;
import dev.deltadepth.core.InputSize;
import dev.deltadepth.core.Resizer;
import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.FeatureMap;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelOutputs;
import dev.deltadepth.runtime.ModelSource;
import dev.deltadepth.runtime.OnnxModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Any ONNX depth model that has a description, as a teacher. */
public final class OnnxTeacher implements Teacher {

  private final OnnxModel model;
  private final String contentHash;

  private OnnxTeacher(OnnxModel model, String contentHash) {
    this.model = model;
    this.contentHash = contentHash;
  }

  /**
   * Opens a model described by its own metadata or by the JSON file beside it.
   *
   * @param onnx the model file
   * @param threads per inference
   * @throws dev.deltadepth.runtime.ModelException if it is not a model or has no description
   */
  public static OnnxTeacher open(Path onnx, int threads) {
    return open(ModelSource.of(onnx), Sha256.of(onnx), threads);
  }

  /** Opens a model that may be in memory; the hash is that of the file which it came from. */
  static OnnxTeacher open(ModelSource source, String contentHash, int threads) {
    OnnxModel model = OnnxModel.open(source, EstimatorOptions.defaults().withThreads(threads));
    return new OnnxTeacher(model, contentHash);
  }

  @Override
  public String name() {
    return model.description().name();
  }

  @Override
  public String contentHash() {
    return contentHash;
  }

  @Override
  public int multiple() {
    return model.description().size().multiple();
  }

  @Override
  public int nativeSize() {
    return model.description().size().shorterSide();
  }

  @Override
  public InputSize nativeSize(int width, int height) {
    return model.description().size().inputSize(width, height);
  }

  @Override
  public InputSize sizeFor(int width, int height) {
    return model.description().size().inputSizeFor(width, height);
  }

  @Override
  public List<Feature> features() {
    return model.description().features().stream()
        .map((ModelDescription.Feature f) -> new Feature(f.stride(), f.channels()))
        .toList();
  }

  /** Labels one image at a time: many models, Delta's among them, accept only batches of one. */
  @Override
  public Labels label(float[] rgb, int batch, int height, int width) {
    int pixels = height * width;
    float[] disparity = new float[batch * pixels];
    List<Planes> features = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      float[] image = Arrays.copyOfRange(rgb, i * 3 * pixels, (i + 1) * 3 * pixels);
      ModelOutputs outputs = model.run(image, 1, height, width);
      System.arraycopy(inputSize(outputs, height, width), 0, disparity, i * pixels, pixels);
      for (int f = 0; f < outputs.features().size(); f++) {
        FeatureMap map = outputs.features().get(f);
        int values = map.data().length;
        if (i == 0) {
          float[] all = new float[batch * values];
          features.add(new Planes(map.channels(), map.height(), map.width(), all));
        }
        System.arraycopy(map.data(), 0, features.get(f).data(), i * values, values);
      }
    }
    return new Labels(disparity, features);
  }

  /** Some models put out maps smaller than their input. */
  private static float[] inputSize(ModelOutputs outputs, int height, int width) {
    if (outputs.height() == height && outputs.width() == width) {
      return outputs.disparity();
    }
    DepthMap map =
        new DepthMap(
            DepthMap.Kind.DISPARITY, outputs.width(), outputs.height(), outputs.disparity());
    return Resizer.resize(map, width, height).data();
  }

  @Override
  public void close() {
    model.close();
  }
}
