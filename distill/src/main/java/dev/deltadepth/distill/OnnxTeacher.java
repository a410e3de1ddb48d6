package dev.deltadepth.distill;

import dev.deltadepth.runtime.EstimatorOptions;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.OnnxModel;
import java.nio.file.Path;
import java.util.List;

/** Any ONNX depth model with a description as a teacher. */
public final class OnnxTeacher implements Teacher {

  private final OnnxModel model;
  private final String contentHash;

  private OnnxTeacher(OnnxModel model, String contentHash) {
    this.model = model;
    this.contentHash = contentHash;
  }

  /**
   * Opens a model that is described by its own metadata or by the JSON file beside it.
   *
   * @param onnx the model's file
   * @param threads inside one run
   * @throws dev.deltadepth.runtime.ModelException if it is not a model or not described
   */
  public static OnnxTeacher open(Path onnx, int threads) {
    OnnxModel model = OnnxModel.open(onnx, EstimatorOptions.defaults().withThreads(threads));
    return new OnnxTeacher(model, ContentHash.of(onnx).toHex());
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
  public List<Feature> features() {
    return model.description().features().stream()
        .map((ModelDescription.Feature f) -> new Feature(f.stride(), f.channels()))
        .toList();
  }

  @Override
  public Labels label(float[] rgb, int batch, int height, int width) {
    OnnxModel.Outputs outputs = model.run(rgb, batch, height, width);
    if (outputs.height() != height || outputs.width() != width) {
      throw new DistillException(
          name()
              + " answers "
              + width
              + "x"
              + height
              + " pixels with a map of "
              + outputs.width()
              + "x"
              + outputs.height()
              + "; a teacher's map has its input's size");
    }
    List<Map> features =
        outputs.features().stream()
            .map(f -> new Map(f.channels(), f.height(), f.width(), f.data()))
            .toList();
    return new Labels(outputs.disparity(), features);
  }

  @Override
  public void close() {
    model.close();
  }
}
