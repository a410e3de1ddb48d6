package dev.deltadepth.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.deltadepth.nn.DepthNetwork;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.weights.WeightPrecision;
import dev.deltadepth.nn.weights.Weights;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exports a trained network as a self-contained ONNX model. Input: {@code image} uint8 [1, H, W, 3]
 * RGB with H and W any multiples of 32. Output: {@code disparity} float32 [1, H, W] in [0, 1],
 * larger = nearer. Layout conversion and scaling of the bytes are part of the graph.
 */
public final class OnnxExporter {

  /** ONNX intermediate representation 8, which belongs to operator set 17. */
  private static final int IR_VERSION = 8;

  private OnnxExporter() {}

  /**
   * The form of an exported graph.
   *
   * @param dialect its operators
   * @param precision of its stored weights
   */
  public record Form(OnnxDialect dialect, WeightPrecision precision) {

    /** Fast in ONNX Runtime, with small weights. */
    public static Form defaults() {
      return new Form(OnnxDialect.ONNX_RUNTIME, WeightPrecision.FLOAT16);
    }
  }

  /**
   * The content of an .onnx file.
   *
   * @param student the network
   * @param weights its weights
   * @param metadata of the model, by key; docs/model-format.md lists the keys that are used
   * @param form of the graph
   * @throws NetworkException if arrays are missing or have another shape
   */
  public static byte[] export(
      DepthNetwork student, Weights weights, Map<String, String> metadata, Form form) {
    return export(student, weights, metadata, form, List.of());
  }

  /**
   * The content of an .onnx file that puts out the encoder's maps as well, to learn from.
   *
   * @param student the network
   * @param weights its weights
   * @param metadata of the model, by key
   * @param form of the graph
   * @param features names for the encoder's maps, finest first, each float32 [1, C, H / stride, W /
   *     stride]; empty for none
   * @throws NetworkException if arrays are missing or have another shape
   */
  public static byte[] export(
      DepthNetwork student,
      Weights weights,
      Map<String, String> metadata,
      Form form,
      List<String> features) {
    student.parameters().forEach(weights::require);
    OnnxGraph graph = new OnnxGraph("delta", form.precision());
    graph.input("image", DataType.UINT8, List.of(1, "height", "width", 3));
    OnnxOps ops = new OnnxOps(graph, weights, form.dialect());
    DepthNetwork.Output<OnnxOps.Value> output = student.apply(ops, image(graph));
    String map = graph.node("Squeeze", List.of(output.disparity().name(), graph.integers(1)));
    graph.output(map, "disparity", DataType.FLOAT, List.of(1, "height", "width"));
    for (int i = 0; i < features.size(); i++) {
      OnnxOps.Value feature = output.features().get(i);
      List<Object> shape = List.of(1, feature.channels(), "rows" + i, "columns" + i);
      graph.output(feature.name(), features.get(i), DataType.FLOAT, shape);
    }
    return model(graph, metadata, form.dialect());
  }

  /** The content of an .onnx file with a graph and its metadata. */
  static byte[] model(OnnxGraph graph, Map<String, String> metadata, OnnxDialect dialect) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("Delta")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxOps.OPERATOR_SET))
            .setGraph(graph.build());
    if (dialect == OnnxDialect.ONNX_RUNTIME) {
      model.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(OnnxDialect.ONNX_RUNTIME_DOMAIN).setVersion(1));
    }
    new TreeMap<>(metadata)
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  /** The image's bytes as the network's input: [1, 3, H, W] in [0, 1]. */
  private static OnnxOps.Value image(OnnxGraph graph) {
    String planes =
        graph.node("Transpose", List.of("image"), OnnxGraph.attribute("perm", 0, 3, 1, 2));
    String byteScale = graph.floats("image.scale", new int[0], new float[] {1 / 255f});
    String scaled = graph.node("DequantizeLinear", List.of(planes, byteScale));
    return new OnnxOps.Value(scaled, 3, new OnnxExtent(1, 1));
  }
}
