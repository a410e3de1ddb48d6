package dev.deltadepth.onnx;

import java.util.List;

/** Converts between maps, [1, C, H, W], and tokens of one image inside a graph. */
final class OnnxLayout {

  private final OnnxGraph graph;

  OnnxLayout(OnnxGraph graph) {
    this.graph = graph;
  }

  /** Height and width of a map as a vector of two integers. */
  String sides(String map) {
    return graph.node(
        "Shape", List.of(map), OnnxGraph.integer("start", 2), OnnxGraph.integer("end", 4));
  }

  /** The tokens for each position within a patch, [p p, H / p W / p, C]. */
  String unfolded(String map, int channels, int patch) {
    // Two transpositions that move whole rows or tokens are many times faster than one that moves
    // single values.
    String last = transposed(map, 0, 2, 3, 1);
    // [1, H, W, C] to [H / p, p, W, C] to [H / p, p, W / p, p, C]: neither moves values.
    String rows = reshaped(last, graph.integers(-1, patch, 0, channels));
    String patches = reshaped(rows, graph.integers(0, 0, -1, patch, channels));
    String places = transposed(patches, 1, 3, 0, 2, 4);
    return reshaped(places, graph.integers((long) patch * patch, -1, channels));
  }

  /** The inverse of {@link #unfolded}: the map with the sides of {@code like}. */
  String folded(String tokens, int channels, String like, int patch) {
    String cells = graph.node("Div", List.of(sides(like), graph.integers(patch)));
    String places = graph.joined(graph.integers(patch, patch), cells, graph.integers(channels));
    String patches = transposed(reshaped(tokens, places), 2, 0, 3, 1, 4);
    String whole = graph.joined(graph.integers(1), sides(like), graph.integers(channels));
    return transposed(reshaped(patches, whole), 0, 3, 1, 2);
  }

  /** The pixels as tokens, row by row, [1, H W, C]. */
  String rows(String map, int channels) {
    return transposed(reshaped(map, graph.integers(1, channels, -1)), 0, 2, 1);
  }

  /** The tokens after the first as a map with the sides of {@code like}. */
  String afterFirst(String tokens, int channels, String like) {
    String places =
        graph.node(
            "Slice",
            List.of(
                tokens, graph.integers(1), graph.integers(Integer.MAX_VALUE), graph.integers(1)));
    String columns = transposed(places, 0, 2, 1);
    return reshaped(columns, graph.joined(graph.integers(1, channels), sides(like)));
  }

  private String reshaped(String value, String shape) {
    return graph.node("Reshape", List.of(value, shape));
  }

  private String transposed(String value, long... permutation) {
    return graph.node("Transpose", List.of(value), OnnxGraph.attribute("perm", permutation));
  }
}
