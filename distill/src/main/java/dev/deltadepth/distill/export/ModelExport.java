package dev.deltadepth.distill.export;

import dev.deltadepth.distill.recipe.DistillException;
import dev.deltadepth.distill.run.Checkpoint;
import dev.deltadepth.distill.run.RunFolder;
import dev.deltadepth.nn.CostOps;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.weights.Safetensors;
import dev.deltadepth.nn.weights.Weights;
import dev.deltadepth.onnx.OnnxExporter;
import dev.deltadepth.runtime.ModelMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Exports trained weights as the model that users run. */
public final class ModelExport {

  /** Version of the model's format: its metadata and the graph's inputs and outputs. */
  private static final String VERSION = "1";

  private ModelExport() {}

  /**
   * The current weights of a run, or the weights in a file.
   *
   * @param source a run folder, for the average in its last checkpoint, or a safetensors file
   * @throws DistillException if the folder contains no checkpoint
   * @throws NetworkException if the file does not contain weights
   */
  public static Weights read(Path source) {
    if (!Files.isDirectory(source)) {
      return Safetensors.read(source);
    }
    return new Checkpoint(source)
        .find()
        .map(Checkpoint::average)
        .orElseThrow(
            () ->
                new DistillException(
                    source + " contains no checkpoint; give a run folder of delta distill"));
  }

  /**
   * The file with a run's final weights, without adapters; a file stands for itself.
   *
   * @throws DistillException if the folder contains no checkpoint
   */
  public static Path result(Path source) {
    if (!Files.isDirectory(source)) {
      return source;
    }
    String name = read(source).metadata().getOrDefault(ModelMetadata.NAME, "");
    return new RunFolder(source).weights(name);
  }

  /** The network named in the weights' metadata; the default one if there is none. */
  public static DepthNetwork student(Weights weights) {
    String name = weights.metadata().get(ModelMetadata.STUDENT);
    return name == null ? DepthNetwork.delta() : DepthNetwork.named(name);
  }

  /**
   * The ONNX model for a student's weights, with the weights' metadata and the network's costs.
   *
   * @param weights at least the student's arrays; those of adapters are ignored
   * @param name of the model
   * @param nativeSize default shorter side of its input in pixels, a multiple of 32
   * @param form of the graph
   */
  public static byte[] onnx(Weights weights, String name, int nativeSize, OnnxExporter.Form form) {
    Map<String, String> metadata = metadata(weights, name, nativeSize);
    return OnnxExporter.export(student(weights), weights, metadata, form);
  }

  /**
   * The metadata of the model of a student's weights: what the weights carry, and the network's
   * costs.
   *
   * @param name what the model is called
   * @param nativeSize as for {@link #onnx}
   */
  public static Map<String, String> metadata(Weights weights, String name, int nativeSize) {
    DepthNetwork student = student(weights);
    CostOps costs = new CostOps();
    student.apply(costs, new CostOps.Shape(1, 3, nativeSize, nativeSize));
    Map<String, String> metadata = new TreeMap<>(weights.metadata());
    metadata.put(ModelMetadata.NAME, name);
    metadata.put(ModelMetadata.VERSION, VERSION);
    metadata.put(ModelMetadata.CONVENTION, ModelMetadata.DISPARITY_CONVENTION);
    metadata.put(ModelMetadata.NATIVE_SIZE, String.valueOf(nativeSize));
    metadata.put(ModelMetadata.MULTIPLE, String.valueOf(DepthNetwork.MULTIPLE));
    metadata.put(ModelMetadata.PARAMETERS, String.valueOf(costs.parameterCount()));
    metadata.put(ModelMetadata.MACS, String.valueOf(costs.macs()));
    return metadata;
  }
}
