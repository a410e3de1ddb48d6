package dev.deltadepth.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Facts that can be read from an .onnx file without running it.
 *
 * @param parameters number of values in the graph's weights
 * @param inputs name, type and shape of each
 * @param outputs name, type and shape of each
 * @param metadata custom metadata, sorted
 * @param operators number of nodes per operator, sorted
 * @param external names of the files beside the .onnx that contain weights
 */
public record ModelFacts(
    long parameters,
    List<String> inputs,
    List<String> outputs,
    Map<String, String> metadata,
    Map<String, Integer> operators,
    Set<String> external) {

  /**
   * Reads the facts.
   *
   * @param name of the model in messages
   * @throws OnnxException if the bytes are not an ONNX model
   */
  public static ModelFacts of(byte[] onnx, String name) {
    ModelProto model = ParsedGraph.parse(onnx, name);
    GraphProto graph = model.getGraph();
    long parameters = 0;
    Set<String> weights = new HashSet<>();
    Set<String> external = new TreeSet<>();
    for (TensorProto weight : graph.getInitializerList()) {
      parameters += floats(weight);
      weights.add(weight.getName());
      weight.getExternalDataList().stream()
          .filter(entry -> entry.getKey().equals("location"))
          .forEach(entry -> external.add(entry.getValue()));
    }
    Map<String, Integer> operators = new TreeMap<>();
    for (NodeProto node : graph.getNodeList()) {
      operators.merge(node.getOpType(), 1, Integer::sum);
    }
    Map<String, String> metadata = new TreeMap<>();
    model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    // Old files list their weights among the inputs.
    List<String> inputs = new ArrayList<>();
    for (ValueInfoProto input : graph.getInputList()) {
      if (!weights.contains(input.getName())) {
        inputs.add(tensor(input));
      }
    }
    List<String> outputs = graph.getOutputList().stream().map(ModelFacts::tensor).toList();
    return new ModelFacts(parameters, inputs, outputs, metadata, operators, external);
  }

  private static long floats(TensorProto tensor) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == null) {
      return 0;
    }
    return switch (type) {
      case FLOAT, FLOAT16, BFLOAT16, DOUBLE, INT8, UINT8 ->
          tensor.getDimsList().stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
      default -> 0;
    };
  }

  private static String tensor(ValueInfoProto value) {
    TypeProto.Tensor type = value.getType().getTensorType();
    List<String> sides = new ArrayList<>();
    for (TensorShapeProto.Dimension side : type.getShape().getDimList()) {
      String name = side.getDimParam().isEmpty() ? "?" : side.getDimParam();
      sides.add(side.hasDimValue() ? Long.toString(side.getDimValue()) : name);
    }
    TensorProto.DataType element = TensorProto.DataType.forNumber(type.getElemType());
    String elementName =
        element == TensorProto.DataType.FLOAT
            ? "float32"
            : String.valueOf(element).toLowerCase(Locale.ROOT);
    return value.getName() + " " + elementName + " [" + String.join(", ", sides) + "]";
  }
}
