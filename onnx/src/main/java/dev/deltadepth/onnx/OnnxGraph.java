package dev.deltadepth.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.deltadepth.io.map.HalfFloat;
import dev.deltadepth.nn.NetworkException;
import dev.deltadepth.nn.weights.WeightPrecision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Builds an ONNX graph node by node. Values are identified by name. */
final class OnnxGraph {

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<List<Long>, String> integers = new HashMap<>();
  private final Map<Long, String> scalars = new HashMap<>();
  private final Map<List<Float>, String> reals = new HashMap<>();
  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final WeightPrecision precision;

  /**
   * Creates an empty graph.
   *
   * @param precision of {@link #weights}
   */
  OnnxGraph(String name, WeightPrecision precision) {
    this.precision = precision;
    graph.setName(name);
  }

  /** An attribute with a list of integers. */
  static AttributeProto attribute(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  /** An attribute with one integer. */
  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** An attribute with one float. */
  static AttributeProto real(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  /** An attribute with a string. */
  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /**
   * Adds a node with one output.
   *
   * @param operator of the standard operator set
   * @param inputs names of values; empty for an omitted optional input
   * @return the name of its output
   */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    return nodes(operator, 1, inputs, attributes).get(0);
  }

  /** The same for an operator outside the standard domain. */
  String node(String domain, String operator, List<String> inputs, AttributeProto... attributes) {
    return nodes(domain, operator, 1, inputs, attributes).get(0);
  }

  /** Adds a node with several outputs and returns their names. */
  List<String> nodes(
      String operator, int outputs, List<String> inputs, AttributeProto... attributes) {
    return nodes("", operator, outputs, inputs, attributes);
  }

  private List<String> nodes(
      String domain,
      String operator,
      int outputs,
      List<String> inputs,
      AttributeProto... attributes) {
    String name = operator + "_" + counts.merge(operator, 1, Integer::sum);
    List<String> names =
        outputs == 1
            ? List.of(name)
            : IntStream.range(0, outputs).mapToObj(i -> name + "_" + i).toList();
    graph.addNode(
        NodeProto.newBuilder()
            .setName(name)
            .setDomain(domain)
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(names)
            .addAllAttribute(List.of(attributes)));
    return names;
  }

  /** Declares a value as an output of the graph, under a name. */
  void output(String value, String name, TensorProto.DataType type, List<?> shape) {
    graph.addNode(
        NodeProto.newBuilder().setName(name).setOpType("Identity").addInput(value).addOutput(name));
    graph.addOutput(info(name, type, shape));
  }

  /** Declares an input of the graph. */
  void input(String name, TensorProto.DataType type, List<?> shape) {
    graph.addInput(info(name, type, shape));
  }

  /** Declares the shape of a float value; equal names in shapes stand for equal sides. */
  void shape(String value, List<?> shape) {
    graph.addValueInfo(info(value, TensorProto.DataType.FLOAT, shape));
  }

  /** A shape consists of integers and, for variable sides, names. */
  private static ValueInfoProto info(String name, TensorProto.DataType type, List<?> shape) {
    TensorShapeProto.Builder sides = TensorShapeProto.newBuilder();
    for (Object side : shape) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      if (side instanceof Integer number) {
        dimension.setDimValue(number);
      } else {
        dimension.setDimParam(String.valueOf(side));
      }
      sides.addDim(dimension);
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(sides).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /**
   * Adds kernels or a matrix in the graph's precision. The returned value is float32 in any case.
   *
   * @throws NetworkException if a value is too large for float16
   */
  String weights(String name, int[] shape, float[] data) {
    if (precision == WeightPrecision.FLOAT32) {
      return floats(name, shape, data);
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(data.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : data) {
      if (Math.abs(value) >= HalfFloat.OVERFLOW) {
        throw new NetworkException(
            "cannot store "
                + name
                + " as float16: it contains "
                + value
                + ", which is too large; export float32 weights");
      }
      bytes.putShort(HalfFloat.toFloat16(value));
    }
    initializer(name, TensorProto.DataType.FLOAT16, shape, bytes.array());
    return node("Cast", List.of(name), integer("to", TensorProto.DataType.FLOAT.getNumber()));
  }

  /** Adds float32 values. */
  String floats(String name, int[] shape, float[] data) {
    ByteBuffer bytes =
        ByteBuffer.allocate(data.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(data);
    return initializer(name, TensorProto.DataType.FLOAT, shape, bytes.array());
  }

  private String initializer(
      String name, TensorProto.DataType type, int[] shape, byte[] littleEndian) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(littleEndian));
    for (int side : shape) {
      tensor.addDims(side);
    }
    TensorProto added = tensor.build();
    TensorProto known = initializers.putIfAbsent(name, added);
    if (known == null) {
      graph.addInitializer(added);
    } else if (!known.equals(added)) {
      throw new NetworkException("the graph has two different arrays named " + name);
    }
    return name;
  }

  /** A vector filled with one value; {@code count} names a one-element vector with its length. */
  String filled(String count, float value) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(1)
            .addFloatData(value)
            .build();
    AttributeProto attribute =
        AttributeProto.newBuilder()
            .setName("value")
            .setType(AttributeProto.AttributeType.TENSOR)
            .setT(tensor)
            .build();
    return node("ConstantOfShape", List.of(count), attribute);
  }

  /** Concatenates vectors. */
  String joined(String... vectors) {
    return node("Concat", List.of(vectors), integer("axis", 0));
  }

  /** A constant vector of floats; equal vectors are shared. */
  String reals(float... values) {
    List<Float> key = new ArrayList<>();
    for (float value : values) {
      key.add(value);
    }
    return reals.computeIfAbsent(
        key, k -> floats("reals_" + reals.size(), new int[] {values.length}, values));
  }

  /** A constant vector of integers; equal vectors are shared. */
  String integers(long... values) {
    List<Long> key = Arrays.stream(values).boxed().toList();
    return integers.computeIfAbsent(
        key,
        k -> {
          String name = "ints_" + integers.size();
          graph.addInitializer(integers(name, values).addDims(values.length));
          return name;
        });
  }

  /** A constant integer scalar; equal scalars are shared. */
  String integer(long value) {
    return scalars.computeIfAbsent(
        value,
        v -> {
          String name = "int_" + value;
          graph.addInitializer(integers(name, value));
          return name;
        });
  }

  private static TensorProto.Builder integers(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.INT64.getNumber());
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor;
  }

  GraphProto build() {
    return graph.build();
  }
}
