package dev.deltadepth.distill.export;

import dev.deltadepth.io.AtomicFile;
import dev.deltadepth.nn.CostOps;
import dev.deltadepth.nn.DepthAnythingV2;
import dev.deltadepth.nn.ImageNet;
import dev.deltadepth.nn.weights.DepthAnythingWeights;
import dev.deltadepth.onnx.OnnxDepthAnything;
import dev.deltadepth.onnx.OnnxExporter;
import dev.deltadepth.runtime.ModelDescription;
import dev.deltadepth.runtime.ModelDescription.Colour;
import dev.deltadepth.runtime.ModelDescription.Element;
import dev.deltadepth.runtime.ModelDescription.Feature;
import dev.deltadepth.runtime.ModelDescription.Input;
import dev.deltadepth.runtime.ModelDescription.Layout;
import dev.deltadepth.runtime.ModelDescription.Output;
import dev.deltadepth.runtime.ModelDescription.OutputKind;
import dev.deltadepth.runtime.ModelDescription.Size;
import dev.deltadepth.runtime.ModelMetadata;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Depth Anything V2 as an ONNX model with a description beside it, so that teacher and student run
 * in the same runtime.
 *
 * @param teacher the network and its weights
 * @param random whether the weights are random and the model is only for timing
 */
public record DepthAnythingExport(DepthAnythingWeights teacher, boolean random) {

  /** Default name of the model. */
  public String name() {
    return teacher.network().name() + (random ? "-random" : "");
  }

  /**
   * Writes the model and its description.
   *
   * @param nativeSize default shorter side of its input in pixels, a multiple of 14
   * @param source where the weights came from
   * @param form of the graph
   * @return size of the model in bytes
   */
  public int write(
      Path output, String name, int nativeSize, String source, OnnxExporter.Form form) {
    byte[] model =
        OnnxDepthAnything.export(
            teacher.network(), teacher.weights(), metadata(name, nativeSize), form);
    byte[] json = description(name, nativeSize, source).toJson().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(output, out -> out.write(model));
    AtomicFile.write(ModelDescription.sidecar(output), out -> out.write(json));
    return model.length;
  }

  private Map<String, String> metadata(String name, int nativeSize) {
    CostOps costs = new CostOps();
    teacher.network().apply(costs, new CostOps.Shape(1, 3, nativeSize, nativeSize));
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(ModelMetadata.NAME, name);
    metadata.put(ModelMetadata.NATIVE_SIZE, String.valueOf(nativeSize));
    metadata.put(ModelMetadata.PARAMETERS, String.valueOf(costs.parameterCount()));
    metadata.put(ModelMetadata.MACS, String.valueOf(costs.macs()));
    if (random) {
      metadata.put(ModelMetadata.WEIGHTS, ModelMetadata.RANDOM);
    }
    return metadata;
  }

  private ModelDescription description(String name, int nativeSize, String source) {
    DepthAnythingV2 network = teacher.network();
    List<Feature> features =
        OnnxDepthAnything.features(network).stream()
            .map(feature -> new Feature(feature, DepthAnythingV2.PATCH, network.width()))
            .toList();
    return new ModelDescription(
        name,
        new Input(
            "image", Layout.NCHW, Element.FLOAT32, Colour.RGB, 0, 1, ImageNet.MEAN, ImageNet.STD),
        new Size(DepthAnythingV2.PATCH, nativeSize, true),
        new Output("disparity", OutputKind.DISPARITY),
        features,
        random ? "" : network.licence(),
        random ? "weights: " + ModelMetadata.RANDOM : source,
        List.of());
  }
}
