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
 * Which nodes of a graph compute in bytes. Convolutions and products with a matrix do, unless they
 * are to stay in floats; what lies between them (activations, sums, concatenations, resizing) does
 * where its inputs are bytes already, so that nothing has to be widened on the way. All else,
 * attention above all, stays in floats.
 */
final class Int8Plan {
  private final ParsedGraph graph;
  private final Set<String> keptInFloat;

  /** By their first outputs. */
  private final Set<String> nodes = new LinkedHashSet<>();

  private final Set<String> bytes = new LinkedHashSet<>();

  /** Values that share the range of another, because resizing makes no new values. */
  private final Map<String, String> sameRange = new LinkedHashMap<>();

  /**
   * A plan.
   *
   * @param keptInFloat nodes, by their first outputs, that do not compute in bytes; the last
   *     convolution never does
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
        // Its sums are wanted as floats behind it: by normalisations, by attention.
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
        if (made(node.getInput(0)) && linear(node)) {
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

  /** Whether a value is the result of a node that computes in bytes. */
  private boolean made(String value) {
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

  /** The last convolution decides on every value of the map by itself. */
  private boolean last(NodeProto node) {
    List<NodeProto> all = graph.nodes();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).getOpType().equals("Conv")) {
        return all.get(i).getOutput(0).equals(node.getOutput(0));
      }
    }
    return false;
  }

  /** x sigmoid(x): the operator's own factor inside the sigmoid is 1.702, which makes it a GELU. */
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

  /** The rectifier that alone reads a node: the two are one. */
  private Optional<NodeProto> rectified(NodeProto node) {
    List<NodeProto> readers = graph.readers(node.getOutput(0));
    return readers.size() == 1 && readers.get(0).getOpType().equals("Relu")
        ? Optional.of(readers.get(0))
        : Optional.empty();
  }

  /** Whether a node computes in bytes. */
  boolean inBytes(NodeProto node) {
    return nodes.contains(node.getOutput(0));
  }

  /** Whether a value is there as bytes. */
  boolean isBytes(String value) {
    return bytes.contains(value);
  }

  /** Whether those that compute in floats find a value only as bytes, because bytes made it. */
  boolean onlyBytes(String value) {
    return made(value);
  }

  /** The value whose range a value has: itself, or what it was resized from. */
  String original(String value) {
    return sameRange.getOrDefault(value, value);
  }

  /**
   * The values whose ranges have to be known: of this plan, and of every other that keeps more
   * nodes in floats.
   */
  Set<String> toCalibrate() {
    return Collections.unmodifiableSet(bytes);
  }

  /** The nodes with weights that compute in bytes, by their first outputs. */
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
