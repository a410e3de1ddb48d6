package dev.deltadepth.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.deltadepth.nn.DepthAnythingV2;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Exports Depth Anything V2 as an ONNX model. Input: {@code image} float32 [1, 3, H, W],
 * normalised, with H and W any multiples of 14. Outputs: {@code disparity} float32 [1, H, W] and
 * the features, {@code tokens_<layer>} float32 [1, width, H / 14, W / 14]. The position embedding
 * is resized inside the graph, so one file works at every size.
 */
public final class OnnxDepthAnything {

  private OnnxDepthAnything() {}

  /** The names of the features in the graph, in order. */
  public static List<String> features(DepthAnythingV2 network) {
    return network.layers().stream().map(layer -> "tokens_" + layer).toList();
  }

  /**
   * The content of an .onnx file.
   *
   * @param network matching the weights
   * @param weights with the official names
   * @param metadata of the model, by key
   * @param form of the graph
   * @throws NetworkException if arrays are missing or have another shape
   */
  public static byte[] export(
      DepthAnythingV2 network,
      Weights weights,
      Map<String, String> metadata,
      OnnxExporter.Form form) {
    weights.requireAll(network.parameters());
    OnnxGraph graph = new OnnxGraph(network.name(), form.precision());
    graph.input("image", DataType.FLOAT, List.of(1, 3, "height", "width"));
    OnnxOps ops = new OnnxOps(graph, weights, form.dialect());
    OnnxOps.Value image = new OnnxOps.Value("image", 3, new OnnxExtent(1, 1));
    DepthAnythingV2.Output<OnnxOps.Value> output = network.apply(ops, image);
    String map = graph.node("Squeeze", List.of(output.disparity().name(), graph.integers(1)));
    graph.output(map, "disparity", DataType.FLOAT, List.of(1, "height", "width"));
    List<String> names = new ArrayList<>(features(network));
    for (int i = 0; i < names.size(); i++) {
      graph.output(
          output.features().get(i).name(),
          names.get(i),
          DataType.FLOAT,
          List.of(1, network.width(), "rows", "columns"));
    }
    return OnnxExporter.model(graph, metadata, form.dialect());
  }
}
