package dev.deltadepth.quantize;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.deltadepth.onnx.ParsedGraph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the nodes of a plan in ONNX's QDQ form: every int8 value is quantized and dequantized
 * again, and the runtime fuses the nodes in between into integer arithmetic. Activations are
 * unsigned and asymmetric; weights signed and symmetric with a scale per output channel; biases
 * int32, scaled by the product of both scales.
 */
final class Int8Writer {
  private static final int LARGEST_WEIGHT = 127;

  /** Sigmoid's range is fixed: steps of 1/256 from 0, as in ONNX Runtime's integer operator. */
  private static final float SIGMOID_STEP = 1f / 256;

  private final ParsedGraph graph;
  private final Int8Plan plan;
  private final Map<String, Range> ranges;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();
  private final Set<String> written = new HashSet<>();

  private Int8Writer(ParsedGraph graph, Int8Plan plan, Map<String, Range> ranges) {
    this.graph = graph;
    this.plan = plan;
    this.ranges = ranges;
  }

  /**
   * The model with the nodes of a plan in int8.
   *
   * @param ranges of the plan's int8 values
   */
  static byte[] write(ParsedGraph graph, Int8Plan plan, Map<String, Range> ranges) {
    Int8Writer writer = new Int8Writer(graph, plan, ranges);
    graph.nodes().forEach(writer::node);
    return graph.with(writer.nodes, writer.constants);
  }

  private void node(NodeProto node) {
    if (plan.inBytes(node) && node.getOpType().equals("QuickGelu")) {
      silu(node);
    } else {
      NodeProto.Builder changed = node.toBuilder();
      for (int i = 0; i < node.getInputCount(); i++) {
        changed.setInput(i, input(node, i));
      }
      nodes.add(changed.build());
    }
  }

  /** x sigmoid(x) as two operators, both of which have integer forms. */
  private void silu(NodeProto node) {
    String x = bytes(node.getInput(0));
    String name = node.getOutput(0);
    add("Sigmoid", name + ".sigmoid", List.of(x));
    String gate = quantized(name + ".sigmoid", SIGMOID_STEP, 0);
    add("Mul", name, List.of(x, gate));
  }

  private String input(NodeProto node, int index) {
    String value = node.getInput(index);
    if (!plan.inBytes(node)) {
      return plan.onlyBytes(value) ? bytes(value) : value;
    }
    boolean convolution = node.getOpType().equals("Conv");
    if ((index == 0 && convolution) || plan.isBytes(value)) {
      return bytes(value);
    }
    if (convolution) {
      return index == 1 ? weights(value, 0) : bias(node);
    }
    return node.getOpType().equals("MatMul") ? weights(value, 1) : value;
  }

  /** A value quantized and dequantized; the nodes are written on first use. */
  private String bytes(String value) {
    Range range = range(value);
    return quantized(value, range.scale(), range.zero());
  }

  private Range range(String value) {
    Range range = ranges.get(plan.original(value));
    if (range == null) {
      throw new QuantizeException("no range was measured for " + value);
    }
    return range;
  }

  private String quantized(String value, float scale, int zero) {
    String result = value + ".dequantized";
    if (written.add(result)) {
      String step = scalar(value + ".scale", scale);
      String zeroPoint = value + ".zero";
      constants.add(
          ParsedGraph.tensor(
              zeroPoint,
              TensorProto.DataType.UINT8,
              new int[0],
              ByteBuffer.allocate(1).put((byte) zero)));
      add("QuantizeLinear", value + ".quantized", List.of(value, step, zeroPoint));
      add("DequantizeLinear", result, List.of(value + ".quantized", step, zeroPoint));
    }
    return result;
  }

  /** Weights as int8. */
  private String weights(String value, int axis) {
    String result = value + ".dequantized";
    if (written.add(result)) {
      ParsedGraph.Constant weights = graph.constant(value).orElseThrow();
      int[] shape = weights.shape();
      float[] scales = scales(weights, axis);
      ByteBuffer data = ByteBuffer.allocate(weights.data().length);
      for (int i = 0; i < weights.data().length; i++) {
        data.put((byte) Math.round(weights.data()[i] / scales[channel(i, shape, axis)]));
      }
      constants.add(
          ParsedGraph.tensor(value + ".quantized", TensorProto.DataType.INT8, shape, data));
      String steps = vector(value + ".scale", scales);
      String zeros = value + ".zero";
      constants.add(
          ParsedGraph.tensor(
              zeros,
              TensorProto.DataType.INT8,
              new int[] {scales.length},
              ByteBuffer.allocate(scales.length)));
      add("DequantizeLinear", result, List.of(value + ".quantized", steps, zeros), axis(axis));
    }
    return result;
  }

  /** The step of each output channel. */
  private static float[] scales(ParsedGraph.Constant weights, int axis) {
    float[] largest = new float[weights.shape()[axis]];
    for (int i = 0; i < weights.data().length; i++) {
      int channel = channel(i, weights.shape(), axis);
      largest[channel] = Math.max(largest[channel], Math.abs(weights.data()[i]));
    }
    for (int c = 0; c < largest.length; c++) {
      largest[c] = largest[c] == 0 ? 1 : largest[c] / LARGEST_WEIGHT;
    }
    return largest;
  }

  /** The position along an axis of the value at a row-major index. */
  private static int channel(int index, int[] shape, int axis) {
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= shape[i];
    }
    return index / inner % shape[axis];
  }

  /** A convolution's bias as int32, in the scale of its products. */
  private String bias(NodeProto convolution) {
    String value = convolution.getInput(2);
    String result = convolution.getName() + ".bias.dequantized";
    ParsedGraph.Constant weights = graph.constant(convolution.getInput(1)).orElseThrow();
    float[] bias = graph.constant(value).orElseThrow().data();
    float step = range(convolution.getInput(0)).scale();
    float[] scales = scales(weights, 0);
    ByteBuffer data =
        ByteBuffer.allocate(bias.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer zeros = ByteBuffer.allocate(bias.length * Integer.BYTES);
    for (int c = 0; c < bias.length; c++) {
      scales[c] *= step;
      data.putInt(Math.round(bias[c] / scales[c]));
    }
    String name = convolution.getName() + ".bias";
    int[] shape = {bias.length};
    constants.add(ParsedGraph.tensor(name, TensorProto.DataType.INT32, shape, data));
    constants.add(ParsedGraph.tensor(name + ".zero", TensorProto.DataType.INT32, shape, zeros));
    String steps = vector(name + ".scale", scales);
    add("DequantizeLinear", result, List.of(name, steps, name + ".zero"), axis(0));
    return result;
  }

  private static AttributeProto axis(int axis) {
    return AttributeProto.newBuilder()
        .setName("axis")
        .setType(AttributeProto.AttributeType.INT)
        .setI(axis)
        .build();
  }

  private String scalar(String name, float value) {
    return floats(name, new int[0], value);
  }

  private String vector(String name, float... values) {
    return floats(name, new int[] {values.length}, values);
  }

  private String floats(String name, int[] shape, float... values) {
    ByteBuffer data =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    constants.add(ParsedGraph.tensor(name, TensorProto.DataType.FLOAT, shape, data));
    return name;
  }

  private void add(
      String operator, String output, List<String> inputs, AttributeProto... attributes) {
    nodes.add(
        NodeProto.newBuilder()
            .setName(output)
            .setOpType(operator)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes))
            .build());
  }
}
