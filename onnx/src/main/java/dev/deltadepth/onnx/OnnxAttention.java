package dev.deltadepth.onnx;

import java.util.List;

/** Attention in standard ONNX operators. */
final class OnnxAttention {

  private final OnnxGraph graph;
  private final int width;
  private final int heads;

  /**
   * Attention for tokens of one width.
   *
   * @param width of the tokens, a multiple of {@code heads}
   */
  OnnxAttention(OnnxGraph graph, int width, int heads) {
    this.graph = graph;
    this.width = width;
    this.heads = heads;
  }

  /**
   * Writes the attention of tokens, [B, N, width].
   *
   * @param qkv name of the concatenated queries, keys and values, [B, N, 3 width]
   */
  String write(String qkv) {
    List<String> parts = graph.nodes("Split", 3, List.of(qkv), OnnxGraph.integer("axis", 2));
    String q = byHead(parts.get(0), 0, 2, 1, 3);
    String k = byHead(parts.get(1), 0, 2, 3, 1);
    String v = byHead(parts.get(2), 0, 2, 1, 3);
    float[] root = {(float) Math.sqrt(heads / (double) width)};
    String scale = graph.floats(qkv + ".scale", new int[0], root);
    String scores = graph.node("MatMul", List.of(graph.node("Mul", List.of(q, scale)), k));
    String shares = graph.node("Softmax", List.of(scores), OnnxGraph.integer("axis", -1));
    String mixed = graph.node("MatMul", List.of(shares, v));
    String together =
        graph.node("Transpose", List.of(mixed), OnnxGraph.attribute("perm", 0, 2, 1, 3));
    return graph.node("Reshape", List.of(together, graph.integers(0, 0, width)));
  }

  /** [B, N, width] split into heads, [B, N, heads, width / heads], with its axes permuted. */
  private String byHead(String tokens, long... permutation) {
    String split =
        graph.node("Reshape", List.of(tokens, graph.integers(0, 0, heads, width / heads)));
    return graph.node("Transpose", List.of(split), OnnxGraph.attribute("perm", permutation));
  }
}
