package dev.deltadepth.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.deltadepth.onnx.ParsedGraph;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes of a graph use int8. Convolutions and matrix products do, unless they are kept in
 * float; nodes between them (activations, sums, concatenations, resizing) do if their inputs are
 * int8 already, so that nothing has to be converted on the way. Everything else stays in float,
 * attention in particular.
 */
final class Int8Plan {
  private final ParsedGraph graph;
  private final Set<String> keptInFloat;

  /** First outputs of the int8 nodes. */
  private final Set<String> nodes = new LinkedHashSet<>();

  /** Values that exist as int8. */
  private final Set<String> bytes = new LinkedHashSet<>();

  /** Values that share the range of another, because resizing does not exceed its input's range. */
  private final Map<String, String> sameRange = new LinkedHashMap<>();

  /**
   * Creates a plan.
   *
   * @param keptInFloat first outputs of nodes to keep in float; the last convolution always is
   */
  Int8Plan(ParsedGraph graph, Set<String> keptInFloat) {
    this.graph = graph;
    this.keptInFloat = keptInFloat;
    graph.nodes().forEach(this::plan);
  }

  private void plan(NodeProto node) {
    if (keptInFloat.contains(node.getOutput(0))) {
      return;
    }
    switch (node.getOpType()) {
      case "Conv" -> {
        if (weighted(node) && !last(node)) {
          bytes.add(node.getInput(0));
          take(node);
        }
      }
      case "MatMul" -> {
        // The nodes after it, normalisation or attention, need its sums as floats.
        if (weighted(node)) {
          bytes.add(node.getInput(0));
          nodes.add(node.getOutput(0));
        }
      }
      case "QuickGelu" -> {
        if (bytes.contains(node.getInput(0)) && silu(node)) {
          take(node);
        }
      }
      case "Sigmoid", "Add", "Mul", "Concat", "GlobalAveragePool" -> {
        if (bytes.containsAll(node.getInputList())) {
          take(node);
        }
      }
      case "Resize" -> {
        if (isInt8Output(node.getInput(0)) && linear(node)) {
          take(node);
          sameRange.put(node.getOutput(0), original(node.getInput(0)));
        }
      }
      default -> {}
    }
  }

  private void take(NodeProto node) {
    nodes.add(node.getOutput(0));
    bytes.add(rectified(node).orElse(node).getOutput(0));
  }

  /** Whether a value is the int8 output of an int8 node. */
  private boolean isInt8Output(String value) {
    return bytes.contains(value)
        && graph.maker(value).filter(maker -> inBytes(maker) || rectifier(maker)).isPresent();
  }

  private boolean rectifier(NodeProto node) {
    return node.getOpType().equals("Relu")
        && graph.maker(node.getInput(0)).filter(this::inBytes).isPresent();
  }

  private boolean weighted(NodeProto node) {
    return (node.getOpType().equals("Conv") || node.getOpType().equals("MatMul"))
        && node.getInputCount() > 1
        && graph.constant(node.getInput(1)).isPresent()
        && (node.getInputCount() < 3 || graph.constant(node.getInput(2)).isPresent());
  }

  /** Whether this is the last convolution, whose output is the map itself. */
  private boolean last(NodeProto node) {
    List<NodeProto> all = graph.nodes();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).getOpType().equals("Conv")) {
        return all.get(i).getOutput(0).equals(node.getOutput(0));
      }
    }
    return false;
  }

  /**
   * Whether QuickGelu is x sigmoid(x); its default factor inside the sigmoid, 1.702, gives a GELU.
   */
  private static boolean silu(NodeProto node) {
    return ParsedGraph.real(node, "alpha").filter(alpha -> alpha == 1).isPresent();
  }

  private static boolean linear(NodeProto node) {
    return node.getAttributeList().stream()
        .anyMatch(
            attribute ->
                attribute.getName().equals("mode")
                    && attribute.getS().toStringUtf8().equals("linear"));
  }

  /** The rectifier that is the only reader of a node, and is fused with it. */
  private Optional<NodeProto> rectified(NodeProto node) {
    List<NodeProto> readers = graph.readers(node.getOutput(0));
    return readers.size() == 1 && readers.get(0).getOpType().equals("Relu")
        ? Optional.of(readers.get(0))
        : Optional.empty();
  }

  /** Whether a node uses int8. */
  boolean inBytes(NodeProto node) {
    return nodes.contains(node.getOutput(0));
  }

  /** Whether a value exists as int8. */
  boolean isBytes(String value) {
    return bytes.contains(value);
  }

  /** Whether float nodes get a value as int8 only, because an int8 node produces it. */
  boolean onlyBytes(String value) {
    return isInt8Output(value);
  }

  /** The value that determines a value's range: itself, or the one it was resized from. */
  String original(String value) {
    return sameRange.getOrDefault(value, value);
  }

  /**
   * The values whose ranges are needed, for this plan and for every plan that keeps more nodes in
   * float.
   */
  Set<String> toCalibrate() {
    return Collections.unmodifiableSet(bytes);
  }

  /** First outputs of the int8 nodes that have weights. */
  List<String> layerNames() {
    return graph.nodes().stream()
        .filter(node -> inBytes(node) && weighted(node))
        .map(node -> node.getOutput(0))
        .toList();
  }

  int layers() {
    return layerNames().size();
  }
}
