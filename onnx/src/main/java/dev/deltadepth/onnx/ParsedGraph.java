package dev.deltadepth.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.deltadepth.io.map.HalfFloat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The graph of an ONNX model: which nodes produce and read a value, and which are constants. */
public final class ParsedGraph {
  private final ModelProto model;
  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();

  /** A constant of floats. */
  public static final class Constant {
    private final int[] shape;
    private final float[] data;

    private Constant(int[] shape, float[] data) {
      this.shape = shape;
      this.data = data;
    }

    /** Sides of the array. */
    public int[] shape() {
      return shape;
    }

    /** Its values, row-major. */
    public float[] data() {
      return data;
    }
  }

  private ParsedGraph(ModelProto model) {
    this.model = model;
    model.getGraph().getInitializerList().forEach(one -> initializers.put(one.getName(), one));
    for (NodeProto node : nodes()) {
      node.getOutputList().forEach(value -> makers.put(value, node));
      for (String value : node.getInputList()) {
        readers.computeIfAbsent(value, name -> new ArrayList<>()).add(node);
      }
    }
  }

  /** The version of ONNX's own operator set; 0 if the model does not say it. */
  public long operatorSet() {
    return model.getOpsetImportList().stream()
        .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
        .mapToLong(set -> set.getVersion())
        .max()
        .orElse(0);
  }

  /**
   * Reads a model.
   *
   * @param name of the model in messages
   * @throws OnnxException if it is not an ONNX model, or stores its weights in another file
   */
  public static ParsedGraph read(byte[] onnx, String name) {
    ModelProto model = parse(onnx, name);
    for (TensorProto weight : model.getGraph().getInitializerList()) {
      if (weight.getExternalDataCount() > 0) {
        throw new OnnxException(
            name + " stores its weights in another file; save it as a single file first");
      }
    }
    return new ParsedGraph(model);
  }

  /**
   * Parses the content of a file.
   *
   * @throws OnnxException if the bytes are not an ONNX model with a graph
   */
  static ModelProto parse(byte[] onnx, String name) {
    try {
      ModelProto model = ModelProto.parseFrom(onnx);
      if (model.getGraph().getNodeCount() > 0 && model.getGraph().getOutputCount() > 0) {
        return model;
      }
      throw new OnnxException(notAModel(name));
    } catch (InvalidProtocolBufferException e) {
      throw new OnnxException(notAModel(name), e);
    }
  }

  private static String notAModel(String name) {
    return name + " is not an ONNX model; check that it is a complete .onnx file";
  }

  /** The nodes in execution order. */
  public List<NodeProto> nodes() {
    return model.getGraph().getNodeList();
  }

  public List<TensorProto> initializers() {
    return model.getGraph().getInitializerList();
  }

  public Set<String> outputs() {
    return model.getGraph().getOutputList().stream()
        .map(ValueInfoProto::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  public Optional<NodeProto> maker(String value) {
    return Optional.ofNullable(makers.get(value));
  }

  public List<NodeProto> readers(String value) {
    return readers.getOrDefault(value, List.of());
  }

  /**
   * The floats of a value if it is a constant: an initializer in float32, or in float16 and cast.
   */
  public Optional<Constant> constant(String value) {
    NodeProto maker = makers.get(value);
    String stored = maker != null && maker.getOpType().equals("Cast") ? maker.getInput(0) : value;
    TensorProto tensor = initializers.get(stored);
    return tensor == null ? Optional.empty() : floats(tensor);
  }

  private static Optional<Constant> floats(TensorProto tensor) {
    int[] shape = tensor.getDimsList().stream().mapToInt(Math::toIntExact).toArray();
    int count = 1;
    for (int side : shape) {
      count = Math.multiplyExact(count, side);
    }
    float[] data = new float[count];
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    boolean packed = raw.hasRemaining();
    if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()) {
      for (int i = 0; i < count; i++) {
        data[i] = packed ? raw.getFloat() : tensor.getFloatData(i);
      }
    } else if (tensor.getDataType() == TensorProto.DataType.FLOAT16.getNumber()) {
      for (int i = 0; i < count; i++) {
        data[i] = HalfFloat.fromFloat16(packed ? raw.getShort() : (short) tensor.getInt32Data(i));
      }
    } else {
      return Optional.empty();
    }
    return Optional.of(new Constant(shape, data));
  }

  /** An attribute with one float; empty if the node does not have it. */
  public static Optional<Float> real(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .map(AttributeProto::getF)
        .findFirst();
  }

  /**
   * The model with other nodes and more constants; constants that are no longer read, and the Cast
   * nodes that widen them, are removed.
   */
  public byte[] with(List<NodeProto> nodes, List<TensorProto> more) {
    Set<String> read = read(nodes);
    List<NodeProto> kept =
        nodes.stream()
            .filter(node -> !node.getOpType().equals("Cast") || read.contains(node.getOutput(0)))
            .toList();
    Set<String> needed = read(kept);
    ModelProto.Builder changed = model.toBuilder();
    changed.getGraphBuilder().clearNode().addAllNode(kept).clearInitializer().clearValueInfo();
    for (List<TensorProto> tensors : List.of(initializers(), more)) {
      tensors.stream()
          .filter(tensor -> needed.contains(tensor.getName()))
          .forEach(changed.getGraphBuilder()::addInitializer);
    }
    return changed.build().toByteArray();
  }

  private Set<String> read(List<NodeProto> nodes) {
    Set<String> read = outputs();
    nodes.forEach(node -> read.addAll(node.getInputList()));
    return read;
  }

  /** A constant from little-endian bytes. */
  public static TensorProto tensor(
      String name, TensorProto.DataType type, int[] shape, ByteBuffer littleEndian) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(littleEndian.rewind()));
    for (int side : shape) {
      tensor.addDims(side);
    }
    return tensor.build();
  }
}
