package dev.deltadepth.distill.label;

import dev.deltadepth.distill.export.EmbeddedWeights;
import dev.deltadepth.distill.export.ModelExport;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.weights.WeightPrecision;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.onnx.OnnxDialect;
import dev.deltadepth.onnx.OnnxExporter;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelMetadata;
import dev.deltadepth.runtime.ModelSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A student of an earlier run as a teacher, with all of its encoder's feature maps. It runs in ONNX
 * Runtime, which takes a third of libtorch's time for it.
 */
final class StudentTeacher {

  private static final String DEFAULT_SIZE = "256";

  private StudentTeacher() {}

  /**
   * Opens the weights of a student.
   *
   * @param source a run folder, for its final weights, or a safetensors file
   * @param threads per inference
   * @throws dev.deltadepth.distill.recipe.DistillException if the folder contains no checkpoint
   * @throws dev.deltadepth.nn.NetworkException if the weights are not a student's
   */
  static OnnxTeacher open(Path source, int threads) {
    Path file = ModelExport.result(source);
    String name = String.valueOf(file.getFileName());
    return open(ModelExport.read(file), name, Sha256.of(file), threads);
  }

  /** The embedded model. */
  static OnnxTeacher embedded(int threads) {
    EmbeddedWeights.Content content = EmbeddedWeights.read();
    return open(content.weights(), Recipe.EMBEDDED, content.contentHash(), threads);
  }

  private static OnnxTeacher open(Weights weights, String file, String contentHash, int threads) {
    DepthNetwork student = ModelExport.student(weights);
    String name = weights.metadata().getOrDefault(ModelMetadata.NAME, file);
    String size = weights.metadata().getOrDefault(ModelMetadata.NATIVE_SIZE, DEFAULT_SIZE);
    Map<String, String> metadata = ModelExport.metadata(weights, name, Integer.parseInt(size));
    List<ModelDescription.Feature> features = features(student);
    byte[] onnx =
        OnnxExporter.export(
            student,
            weights,
            metadata,
            new OnnxExporter.Form(OnnxDialect.ONNX_RUNTIME, WeightPrecision.FLOAT32),
            features.stream().map(ModelDescription.Feature::name).toList());
    ModelDescription description =
        ModelMetadata.description(metadata, name).orElseThrow().withFeatures(features);
    ModelSource model = ModelSource.of(onnx, name).describedBy(description);
    return OnnxTeacher.open(model, contentHash, threads);
  }

  private static List<ModelDescription.Feature> features(DepthNetwork student) {
    List<Integer> strides = student.encoder().strides();
    List<ModelDescription.Feature> features = new ArrayList<>();
    for (int i = 0; i < strides.size(); i++) {
      features.add(
          new ModelDescription.Feature(
              "feature" + i, strides.get(i), student.encoder().channels().get(i)));
    }
    return features;
  }
}
