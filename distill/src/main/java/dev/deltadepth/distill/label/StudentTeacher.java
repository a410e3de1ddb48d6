package dev.deltadepth.distill.label;

import dev.deltadepth.distill.data.Planes;
import dev.deltadepth.distill.export.EmbeddedWeights;
import dev.deltadepth.distill.export.ModelExport;
import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.recipe.Recipe;
import dev.deltadepth.io.Sha256;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.runtime.ModelMetadata;
import dev.deltadepth.torch.Tensors;
import dev.deltadepth.torch.TorchOps;
import dev.deltadepth.torch.TorchWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** A student of an earlier run as a teacher, with all of its encoder's feature maps. */
public final class StudentTeacher implements Teacher {

  private static final String DEFAULT_SIZE = "256";

  private final String name;
  private final String contentHash;
  private final int nativeSize;
  private final DepthNetwork student;
  private final TorchWeights weights;

  private StudentTeacher(Weights weights, String name, String contentHash) {
    this.student = ModelExport.student(weights);
    this.name = weights.metadata().getOrDefault(ModelMetadata.NAME, name);
    this.contentHash = contentHash;
    this.nativeSize =
        Integer.parseInt(weights.metadata().getOrDefault(ModelMetadata.NATIVE_SIZE, DEFAULT_SIZE));
    this.weights = new TorchWeights(student.parameters(), weights);
  }

  /**
   * Opens the weights of a student.
   *
   * @param source a run folder, for its final weights, or a safetensors file
   * @throws DistillException if the folder contains no checkpoint
   * @throws dev.deltadepth.nn.NetworkException if the weights are not a student's
   */
  public static StudentTeacher open(Path source) {
    Path file = ModelExport.result(source);
    return new StudentTeacher(
        ModelExport.read(file), String.valueOf(file.getFileName()), Sha256.of(file));
  }

  /** The embedded model. */
  static StudentTeacher embedded() {
    EmbeddedWeights.Content content = EmbeddedWeights.read();
    return new StudentTeacher(content.weights(), Recipe.EMBEDDED, content.contentHash());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String contentHash() {
    return contentHash;
  }

  @Override
  public int multiple() {
    return DepthNetwork.MULTIPLE;
  }

  @Override
  public int nativeSize() {
    return nativeSize;
  }

  @Override
  public List<Feature> features() {
    List<Feature> features = new ArrayList<>();
    for (int i = 0; i < student.encoder().strides().size(); i++) {
      features.add(
          new Feature(student.encoder().strides().get(i), student.encoder().channels().get(i)));
    }
    return features;
  }

  @Override
  public Labels label(float[] rgb, int batch, int height, int width) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor image = Tensors.of(rgb, batch, 3, height, width);
      DepthNetwork.Output<Tensor> output = student.apply(TorchOps.inference(weights), image);
      List<Planes> features = new ArrayList<>();
      for (Tensor map : output.features()) {
        features.add(
            new Planes(
                (int) map.size(1), (int) map.size(2), (int) map.size(3), Tensors.toArray(map)));
      }
      return new Labels(Tensors.toArray(output.disparity()), features);
    }
  }

  @Override
  public void close() {
    weights.close();
  }
}
