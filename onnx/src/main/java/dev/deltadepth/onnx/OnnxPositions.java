package dev.deltadepth.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.deltadepth.nn.PositionEmbedding;
import java.util.List;

/**
 * Resizes a position embedding inside a graph, for any number of patches: one matrix product per
 * axis, with matrices of cubic kernel values that the graph computes from the number of patches.
 * The operator Resize does the same but takes fifteen times as long.
 */
final class OnnxPositions {

  /** The kernel's free parameter (Keys 1981), as in libtorch. */
  private static final float A = -0.75f;

  /** Positions beyond the border on each side that the kernel can reach. */
  private static final int REACH = 2;

  private final OnnxGraph graph;
  private final PositionEmbedding embedding;

  OnnxPositions(OnnxGraph graph, PositionEmbedding embedding) {
    this.graph = graph;
    this.embedding = embedding;
  }

  /**
   * Writes the position embedding of the patches, [1, h w, width].
   *
   * @param learned the embedding's values
   * @param sides name of the vector with h and w
   */
  String write(float[] learned, String sides) {
    int padded = embedding.side() + 2 * REACH;
    int width = embedding.width();
    String places =
        graph.floats(embedding.name(), new int[] {padded, padded * width}, padded(learned, padded));
    String steps = steps(sides);
    String rows = graph.node("MatMul", List.of(kernel(sides, steps, 0), places));
    String split = graph.node("Reshape", List.of(rows, graph.integers(-1, padded, width)));
    String map = graph.node("MatMul", List.of(kernel(sides, steps, 1), split));
    return graph.node("Reshape", List.of(map, graph.integers(1, -1, width)));
  }

  /** The positions row by row, padded by repeating the border. */
  private float[] padded(float[] learned, int padded) {
    int side = embedding.side();
    int width = embedding.width();
    float[] places = new float[padded * padded * width];
    for (int y = 0; y < padded; y++) {
      for (int x = 0; x < padded; x++) {
        int from = within(y, side) * side + within(x, side);
        // The first learned vector belongs to the class token.
        System.arraycopy(learned, (1 + from) * width, places, (y * padded + x) * width, width);
      }
    }
    return places;
  }

  private static int within(int padded, int side) {
    return Math.max(0, Math.min(side - 1, padded - REACH));
  }

  /** Learned positions per patch, down and across; 1 if their numbers are equal. */
  private String steps(String sides) {
    String more =
        graph.node("Add", List.of(floats(sides), graph.reals((float) PositionEmbedding.OFFSET)));
    String steps = graph.node("Div", List.of(graph.reals(embedding.side()), more));
    String equal = floats(graph.node("Equal", List.of(sides, graph.integers(embedding.side()))));
    String both = graph.node("ReduceMin", List.of(equal), OnnxGraph.attribute("axes", 0));
    return graph.node("Where", List.of(cast(both, DataType.BOOL), graph.reals(1), steps));
  }

  /** The weight of every padded position for every patch along an axis, [patches, places]. */
  private String kernel(String sides, String steps, int axis) {
    String count = graph.node("Gather", List.of(sides, graph.integer(axis)));
    String patch = floats(graph.node("Range", List.of(graph.integer(0), count, graph.integer(1))));
    String step = graph.node("Gather", List.of(steps, graph.integers(axis)));
    String middle = graph.node("Add", List.of(patch, graph.reals(0.5f)));
    String source =
        graph.node("Sub", List.of(graph.node("Mul", List.of(middle, step)), graph.reals(0.5f)));
    float[] places = new float[embedding.side() + 2 * REACH];
    for (int i = 0; i < places.length; i++) {
      places[i] = i - REACH;
    }
    String column = graph.node("Unsqueeze", List.of(source, graph.integers(1)));
    String apart = graph.node("Sub", List.of(column, graph.reals(places)));
    return cubic(graph.node("Abs", List.of(apart)));
  }

  /** Keys' kernel: two cubics of the distance, clamped to 2, where the outer one is 0. */
  private String cubic(String distance) {
    String d = graph.node("Min", List.of(distance, graph.reals(REACH)));
    String inner = polynomial(d, A + 2, -(A + 3), 0, 1);
    String outer = polynomial(d, A, -5 * A, 8 * A, -4 * A);
    String near = graph.node("Less", List.of(d, graph.reals(1)));
    return graph.node("Where", List.of(near, inner, outer));
  }

  private String polynomial(String x, float... coefficients) {
    String value = graph.node("Mul", List.of(x, graph.reals(coefficients[0])));
    for (int i = 1; i < coefficients.length; i++) {
      value = i == 1 ? value : graph.node("Mul", List.of(value, x));
      value = graph.node("Add", List.of(value, graph.reals(coefficients[i])));
    }
    return value;
  }

  private String floats(String value) {
    return cast(value, DataType.FLOAT);
  }

  private String cast(String value, DataType type) {
    return graph.node("Cast", List.of(value), OnnxGraph.integer("to", type.getNumber()));
  }
}
