package dev.deltadepth.runtime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Small real ONNX files, each with an answer that can be worked out by hand. */
public final class TestModels {
  private TestModels() {}

  /** The metadata that the exporter writes. */
  public static Map<String, String> metadata() {
    return new TreeMap<>(
        Map.of(
            ModelMetadata.NAME, "test",
            ModelMetadata.CONVENTION, ModelMetadata.DISPARITY_CONVENTION,
            ModelMetadata.NATIVE_SIZE, "64",
            ModelMetadata.MULTIPLE, "32",
            ModelMetadata.PROVENANCE, "{\"seed\": 1}"));
  }

  /** As exported: disparity = red / 255 of each pixel, so that the photo says what comes out. */
  public static Path red(Path file, Map<String, String> metadata) {
    GraphProto.Builder graph = exportedGraph(1);
    graph.addInitializer(floats("weights", new float[] {1 / 255f, 0, 0}, 3, 1));
    graph.addNode(node("MatMul", List.of("float", "weights"), "column"));
    graph.addInitializer(longs("last", 3));
    graph.addNode(node("Squeeze", List.of("column", "last"), "disparity"));
    return write(file, graph, metadata);
  }

  /** As exported, with convolutions of random weights: work enough to be split over threads. */
  public static Path convolutions(Path file) {
    return convolutions(file, 1);
  }

  /** The same for any number of pictures at once: the batch axis is free. */
  public static Path batches(Path file) {
    return convolutions(file, "n");
  }

  private static Path convolutions(Path file, Object batch) {
    Random random = new Random(7);
    float[] first = new float[16 * 3 * 9];
    float[] second = new float[16 * 9];
    for (int i = 0; i < first.length; i++) {
      first[i] = (float) (random.nextGaussian() / 500);
    }
    for (int i = 0; i < second.length; i++) {
      second[i] = (float) (random.nextGaussian() / 10);
    }
    GraphProto.Builder graph = exportedGraph(batch);
    graph.addNode(
        node("Transpose", List.of("float"), "planes").toBuilder()
            .addAttribute(ints("perm", 0, 3, 1, 2))
            .build());
    graph.addInitializer(floats("first", first, 16, 3, 3, 3));
    graph.addInitializer(floats("second", second, 1, 16, 3, 3));
    graph.addNode(convolution("planes", "first", "wide"));
    graph.addNode(node("Relu", List.of("wide"), "positive"));
    graph.addNode(convolution("positive", "second", "narrow"));
    graph.addNode(node("Sigmoid", List.of("narrow"), "bounded"));
    graph.addInitializer(longs("channel", 1));
    graph.addNode(node("Squeeze", List.of("bounded", "channel"), "disparity"));
    return write(file, graph, metadata());
  }

  /**
   * Somebody else's: float NCHW {@code x} to {@code y} [N, 1, H, W], the mean of the channels, and
   * {@code copy} [N, 3, H, W], the input itself.
   */
  public static Path foreign(Path file) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("foreign");
    graph.addInput(value("x", TensorProto.DataType.FLOAT, "n", 3, "h", "w"));
    graph.addOutput(value("y", TensorProto.DataType.FLOAT, "n", 1, "h", "w"));
    graph.addOutput(value("copy", TensorProto.DataType.FLOAT, "n", 3, "h", "w"));
    graph.addNode(
        node("ReduceMean", List.of("x"), "y").toBuilder().addAttribute(ints("axes", 1)).build());
    graph.addNode(node("Identity", List.of("x"), "copy"));
    return write(file, graph, Map.of());
  }

  /**
   * Somebody else's of an operator set, with its description beside it: {@code x} [1, 3, H, W] to
   * {@code y} [1, 1, H, W], their sum after two convolutions.
   */
  public static Path ofOperatorSet(Path file, int version) throws IOException {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("old");
    graph.addInput(value("x", TensorProto.DataType.FLOAT, 1, 3, "h", "w"));
    graph.addOutput(value("y", TensorProto.DataType.FLOAT, 1, 1, "h", "w"));
    graph.addInitializer(floats("weights", new float[] {1, 1, 1}, 1, 3, 1, 1));
    float[] same = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    graph.addInitializer(floats("same", same, 3, 3, 1, 1));
    graph.addNode(node("Conv", List.of("x", "same"), "copy"));
    graph.addNode(node("Conv", List.of("copy", "weights"), "y"));
    Files.writeString(
        ModelDescription.sidecar(file),
        """
        {"name": "old", "input": {"name": "x", "layout": "NCHW", "type": "float32"},
         "size": {"multiple": 32, "shorter_side": 64}, "output": {"name": "y", "kind": "disparity"}}
        """);
    return write(file, graph, Map.of(), version);
  }

  /** Somebody else's whose map has half of its input's sides: {@code y} [1, 1, H/2, W/2]. */
  public static Path halved(Path file) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("halved");
    graph.addInput(value("x", TensorProto.DataType.FLOAT, 1, 3, "h", "w"));
    graph.addOutput(value("y", TensorProto.DataType.FLOAT, 1, 1, "h2", "w2"));
    graph.addInitializer(floats("weights", new float[] {1, 0, 0}, 1, 3, 1, 1));
    graph.addNode(
        node("Conv", List.of("x", "weights"), "red").toBuilder()
            .addAttribute(ints("strides", 2, 2))
            .build());
    graph.addNode(node("Relu", List.of("red"), "y"));
    return write(file, graph, Map.of());
  }

  /** The mean of the channels {@code y} of {@code x}, which has one size: [1, 3, side, side]. */
  public static Path ofOneSize(Path file, int side) {
    return mean(file, false, true, new long[] {1}, 1, 3, side, side);
  }

  /**
   * The same whose {@code y} is the mean of {@code inside}, twice the input; {@code inside} is no
   * output.
   */
  public static Path foreignWithInside(Path file) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("foreign");
    graph.addInput(value("x", TensorProto.DataType.FLOAT, "n", 3, "h", "w"));
    graph.addOutput(value("y", TensorProto.DataType.FLOAT, "n", 1, "h", "w"));
    graph.addNode(node("Add", List.of("x", "x"), "inside"));
    graph.addNode(
        node("ReduceMean", List.of("inside"), "y").toBuilder()
            .addAttribute(ints("axes", 1))
            .build());
    return write(file, graph, Map.of());
  }

  /**
   * Somebody else's in other types and shapes: the mean of {@code x} over some of its axes is
   * {@code y}.
   *
   * @param half whether it works in 16 bits
   * @param kept whether an axis that was averaged stays, with length 1
   * @param averaged axes
   * @param sides of {@code x}
   */
  static Path mean(Path file, boolean half, boolean kept, long[] averaged, Object... sides) {
    TensorProto.DataType type = half ? TensorProto.DataType.FLOAT16 : TensorProto.DataType.FLOAT;
    GraphProto.Builder graph = GraphProto.newBuilder().setName("mean");
    graph.addInput(value("x", type, sides));
    Object[] free = new Object[kept ? sides.length : sides.length - averaged.length];
    for (int i = 0; i < free.length; i++) {
      free[i] = "o" + i;
    }
    graph.addOutput(value("y", type, free));
    graph.addNode(
        node("ReduceMean", List.of("x"), "y").toBuilder()
            .addAttribute(ints("axes", averaged))
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("keepdims")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(kept ? 1 : 0))
            .build());
    return write(file, graph, Map.of());
  }

  /**
   * Somebody else's that takes a second input {@code k} of a shape: {@code y} is the first channel
   * of {@code x}, times the sum of {@code k}.
   */
  public static Path scaled(Path file, Object... sides) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("scaled");
    graph.addInput(value("x", TensorProto.DataType.FLOAT, 1, 3, "h", "w"));
    graph.addInput(value("k", TensorProto.DataType.FLOAT, sides));
    graph.addOutput(value("y", TensorProto.DataType.FLOAT, 1, "h", "w"));
    graph.addInitializer(longs("channel", 0));
    graph.addNode(
        node("Gather", List.of("x", "channel"), "first").toBuilder()
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(1))
            .build());
    graph.addInitializer(longs("axis", 1));
    graph.addNode(node("Squeeze", List.of("first", "axis"), "plane"));
    graph.addNode(node("ReduceSum", List.of("k"), "sums"));
    graph.addInitializer(longs("none", -1));
    graph.addNode(node("Reshape", List.of("sums", "none"), "sum"));
    graph.addNode(node("Mul", List.of("plane", "sum"), "y"));
    return write(file, graph, Map.of());
  }

  /** A model of something else: two inputs of whole numbers. */
  public static Path sum(Path file) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("sum");
    graph.addInput(value("a", TensorProto.DataType.INT64, "n"));
    graph.addInput(value("b", TensorProto.DataType.INT64, "n"));
    graph.addOutput(value("c", TensorProto.DataType.INT64, "n"));
    graph.addNode(node("Add", List.of("a", "b"), "c"));
    return write(file, graph, Map.of());
  }

  private static GraphProto.Builder exportedGraph(Object batch) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("exported");
    graph.addInput(value("image", TensorProto.DataType.UINT8, batch, "h", "w", 3));
    graph.addOutput(value("disparity", TensorProto.DataType.FLOAT, batch, "h", "w"));
    graph.addNode(
        node("Cast", List.of("image"), "float").toBuilder()
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("to")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(TensorProto.DataType.FLOAT_VALUE))
            .build());
    return graph;
  }

  private static NodeProto convolution(String in, String weights, String out) {
    return node("Conv", List.of(in, weights), out).toBuilder()
        .addAttribute(ints("pads", 1, 1, 1, 1))
        .build();
  }

  private static NodeProto node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder().setOpType(operator).addAllInput(inputs).addOutput(output).build();
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static TensorProto floats(String name, float[] values, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long side : shape) {
      tensor.addDims(side);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static TensorProto longs(String name, long value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64_VALUE)
        .addDims(1)
        .addInt64Data(value)
        .build();
  }

  /** A tensor whose sides are numbers, or names where they are free. */
  private static ValueInfoProto value(String name, TensorProto.DataType type, Object... sides) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object side : sides) {
      TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
      if (side instanceof Integer number) {
        dimension.setDimValue(number);
      } else {
        dimension.setDimParam(side.toString());
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  private static Path write(Path file, GraphProto.Builder graph, Map<String, String> metadata) {
    return write(file, graph, metadata, 17);
  }

  private static Path write(
      Path file, GraphProto.Builder graph, Map<String, String> metadata, int version) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(version))
            .setGraph(graph);
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    try {
      return Files.write(file, model.build().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
