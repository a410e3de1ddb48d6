package dev.deltadepth.quantize;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.deltadepth.io.map.HalfFloat;
import dev.deltadepth.onnx.ParsedGraph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores kernels and matrices as float16 (IEEE 754 binary16); a Cast node after each widens it when
 * the model is loaded, and all arithmetic stays in float32.
 */
final class Float16Weights {
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

  private Float16Weights() {}

  /**
   * The model with float16 weights; vectors, which are small, stay in float32.
   *
   * @throws QuantizeException if a weight is too large for float16
   */
  static byte[] write(ParsedGraph graph) {
    List<NodeProto> nodes = new ArrayList<>();
    List<TensorProto> stored = new ArrayList<>();
    Map<String, String> widened = new HashMap<>();
    for (TensorProto tensor : graph.initializers()) {
      if (tensor.getDataType() == FLOAT && tensor.getDimsCount() > 1) {
        String half = tensor.getName() + ".float16";
        String wide = tensor.getName() + ".widened";
        stored.add(narrow(half, graph.constant(tensor.getName()).orElseThrow()));
        nodes.add(cast(half, wide));
        widened.put(tensor.getName(), wide);
      }
    }
    for (NodeProto node : graph.nodes()) {
      NodeProto.Builder changed = node.toBuilder();
      for (int i = 0; i < node.getInputCount(); i++) {
        changed.setInput(i, widened.getOrDefault(node.getInput(i), node.getInput(i)));
      }
      nodes.add(changed.build());
    }
    return graph.with(nodes, stored);
  }

  private static TensorProto narrow(String name, ParsedGraph.Constant weights) {
    ByteBuffer data =
        ByteBuffer.allocate(weights.data().length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : weights.data()) {
      if (Math.abs(value) >= HalfFloat.OVERFLOW) {
        throw new QuantizeException(
            "cannot store " + name + " as float16: it contains " + value + ", which is too large");
      }
      data.putShort(HalfFloat.toFloat16(value));
    }
    return ParsedGraph.tensor(name, TensorProto.DataType.FLOAT16, weights.shape(), data);
  }

  private static NodeProto cast(String from, String to) {
    return NodeProto.newBuilder()
        .setName(to)
        .setOpType("Cast")
        .addInput(from)
        .addOutput(to)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(FLOAT))
        .build();
  }
}
