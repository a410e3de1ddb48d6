package dev.deltadepth.onnx;

import dev.deltadepth.nn.Activation;
import dev.deltadepth.nn.BatchNorm;
import dev.deltadepth.nn.ClassToken;
import dev.deltadepth.nn.Conv2d;
import dev.deltadepth.nn.LayerNorm;
import dev.deltadepth.nn.LayerScale;
import dev.deltadepth.nn.Linear;
import dev.deltadepth.nn.Ops;
import dev.deltadepth.nn.PositionEmbedding;
import dev.deltadepth.nn.TransposedConv2d;
import dev.deltadepth.nn.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The interpreter that writes a network as an ONNX graph (operator set 17), for one image at a time
 * whose sides are any multiples of 32. Batch normalisation is folded into the preceding
 * convolution.
 */
final class OnnxOps implements Ops<OnnxOps.Value> {

  /** The first operator set with LayerNormalization; supported by runtimes since 2022. */
  static final int OPERATOR_SET = 17;

  /**
   * A value of the graph.
   *
   * @param name of the value
   * @param channels of a map, or width of tokens
   * @param extent of a map, or of the map that tokens came from
   * @param pending a layer normalisation whose scale and shift are still to be applied; a linear
   *     layer folds them into its weights
   */
  record Value(String name, int channels, OnnxExtent extent, Optional<LayerNorm> pending) {
    Value(String name, int channels, OnnxExtent extent) {
      this(name, channels, extent, Optional.empty());
    }
  }

  private final OnnxGraph graph;
  private final Weights weights;
  private final OnnxDialect dialect;
  private final OnnxResize resize;
  private final OnnxLayout layout;

  OnnxOps(OnnxGraph graph, Weights weights, OnnxDialect dialect) {
    this.graph = graph;
    this.weights = weights;
    this.dialect = dialect;
    resize = new OnnxResize(graph);
    layout = new OnnxLayout(graph);
  }

  @Override
  public Value conv(Value map, Conv2d conv) {
    float[] kernels = weights.get(conv.weight()).data();
    List<String> inputs = new ArrayList<>(List.of(map.name(), kernels(conv, kernels)));
    if (conv.bias()) {
      inputs.add(vector(conv.biasName(), weights.get(conv.biasName()).data()));
    }
    return conv(map, conv, inputs);
  }

  @Override
  public Value convNorm(Value map, Conv2d conv, BatchNorm norm) {
    FoldedConv folded = FoldedConv.of(conv, norm, weights);
    String bias = vector(conv.biasName(), folded.bias());
    return conv(map, conv, List.of(map.name(), kernels(conv, folded.kernels()), bias));
  }

  @Override
  public Value convNormUpsampled(Value coarse, Value fine, Conv2d conv, BatchNorm norm) {
    FoldedConv folded = FoldedConv.of(conv, norm, weights);
    Conv2d ofCoarse = Conv2d.pointwise(conv.name() + ".coarse", coarse.channels(), conv.out());
    Conv2d ofFine = Conv2d.pointwise(conv.name() + ".fine", fine.channels(), conv.out());
    String coarseKernels = kernels(ofCoarse, folded.kernels(0, ofCoarse.in()));
    String fineKernels = kernels(ofFine, folded.kernels(ofCoarse.in(), conv.in()));
    String bias = vector(conv.biasName(), folded.bias());
    Value small = conv(coarse, ofCoarse, List.of(coarse.name(), coarseKernels));
    Value large = conv(fine, ofFine, List.of(fine.name(), fineKernels, bias));
    return add(upsample2(small), large);
  }

  private Value conv(Value map, Conv2d conv, List<String> inputs) {
    long pad = conv.padding();
    String name =
        graph.node(
            "Conv",
            inputs,
            OnnxGraph.attribute("kernel_shape", conv.kernel(), conv.kernel()),
            OnnxGraph.attribute("strides", conv.stride(), conv.stride()),
            OnnxGraph.attribute("pads", pad, pad, pad, pad),
            OnnxGraph.integer("group", conv.groups()));
    return map(name, conv.out(), map.extent().strided(conv.stride()));
  }

  /**
   * A map with a declared shape: ONNX Runtime fuses an addition into the convolution that makes one
   * of the two maps if it knows that their sizes are equal.
   */
  private Value map(String name, int channels, OnnxExtent extent) {
    extent
        .side("height")
        .ifPresent(
            height ->
                graph.shape(
                    name, List.of(1, channels, height, extent.side("width").orElseThrow())));
    return new Value(name, channels, extent);
  }

  private String kernels(Conv2d conv, float[] values) {
    int[] shape = {conv.out(), conv.in() / conv.groups(), conv.kernel(), conv.kernel()};
    return graph.weights(conv.weight(), shape, values);
  }

  private String vector(String name, float[] values) {
    return graph.floats(name, new int[] {values.length}, values);
  }

  @Override
  public Value linear(Value tokens, Linear linear) {
    return linear(tokens, linear, folded(tokens, linear));
  }

  @Override
  public Value linearScaled(Value tokens, Linear linear, LayerScale scale) {
    return linear(tokens, linear, folded(tokens, linear).scaled(weights.get(scale.gamma()).data()));
  }

  private Value linear(Value tokens, Linear linear, FoldedLinear folded) {
    String product = product(tokens, linear.weight(), folded, 0, linear.out());
    String name = graph.node("Add", List.of(product, vector(linear.bias(), folded.bias())));
    return new Value(name, linear.out(), tokens.extent());
  }

  /** The layer with its tokens' pending scale and shift folded in. */
  private FoldedLinear folded(Value tokens, Linear linear) {
    return FoldedLinear.of(linear, tokens.pending(), weights);
  }

  /** The product of tokens with outputs {@code from} to {@code to} of a layer, without its bias. */
  private String product(Value tokens, String name, FoldedLinear linear, int from, int to) {
    int[] shape = {linear.in(), to - from};
    String weight = graph.weights(name, shape, linear.columns(from, to));
    return graph.node("MatMul", List.of(tokens.name(), weight));
  }

  @Override
  public Value layerNorm(Value tokens, LayerNorm norm) {
    String x = scaled(tokens);
    if (dialect == OnnxDialect.STANDARD) {
      String name =
          graph.node(
              "LayerNormalization",
              List.of(x, scale(norm), shift(norm)),
              OnnxGraph.integer("axis", -1),
              OnnxGraph.real("epsilon", norm.eps()));
      return new Value(name, tokens.channels(), tokens.extent());
    }
    // ONNX Runtime's LayerNormalization is not vectorised. Instance normalisation with tokens as
    // channels is the same function and ten times as fast; it takes one scale per token: ones.
    String count =
        graph.node("Shape", List.of(x), OnnxGraph.integer("start", 1), OnnxGraph.integer("end", 2));
    String name =
        graph.node(
            "InstanceNormalization",
            List.of(x, graph.filled(count, 1), graph.filled(count, 0)),
            OnnxGraph.real("epsilon", norm.eps()));
    return new Value(name, tokens.channels(), tokens.extent(), Optional.of(norm));
  }

  private String scale(LayerNorm norm) {
    return vector(norm.weight(), weights.get(norm.weight()).data());
  }

  private String shift(LayerNorm norm) {
    return vector(norm.bias(), weights.get(norm.bias()).data());
  }

  /** The value with its pending scale and shift applied. */
  private String scaled(Value value) {
    return value
        .pending()
        .map(norm -> graph.node("Mul", List.of(value.name(), scale(norm))))
        .map(product -> graph.node("Add", List.of(product, shift(value.pending().orElseThrow()))))
        .orElse(value.name());
  }

  @Override
  public Value activation(Value value, Activation activation) {
    String name = scaled(value);
    List<String> x = List.of(name);
    return switch (activation) {
      case NONE -> value;
      case RELU -> named(value, graph.node("Relu", x));
      case SIGMOID -> named(value, graph.node("Sigmoid", x));
      case SILU -> named(value, graph.node("Mul", List.of(name, graph.node("Sigmoid", x))));
      case GELU -> named(value, gelu(name));
      case HARD_SIGMOID ->
          named(
              value,
              graph.node(
                  "HardSigmoid", x, OnnxGraph.real("alpha", 1 / 6.0), OnnxGraph.real("beta", 0.5)));
      case HARD_SWISH -> named(value, graph.node("HardSwish", x));
    };
  }

  /** GELU in the operators and order that runtimes recognise and fuse. */
  private String gelu(String x) {
    String scaled = graph.node("Div", List.of(x, graph.reals((float) Math.sqrt(2))));
    String erf = graph.node("Erf", List.of(scaled));
    String sum = graph.node("Add", List.of(erf, graph.reals(1)));
    return graph.node("Mul", List.of(graph.node("Mul", List.of(x, sum)), graph.reals(0.5f)));
  }

  private static Value named(Value like, String name) {
    return new Value(name, like.channels(), like.extent());
  }

  @Override
  public Value add(Value a, Value b) {
    return named(a, graph.node("Add", List.of(scaled(a), scaled(b))));
  }

  @Override
  public Value channelMeans(Value map) {
    String name = graph.node("GlobalAveragePool", List.of(map.name()));
    return new Value(name, map.channels(), OnnxExtent.POINT);
  }

  @Override
  public Value scaleChannels(Value map, Value factors) {
    return named(map, graph.node("Mul", List.of(map.name(), factors.name())));
  }

  @Override
  public Value concat(Value a, Value b) {
    String name = graph.node("Concat", List.of(a.name(), b.name()), OnnxGraph.integer("axis", 1));
    return new Value(name, a.channels() + b.channels(), a.extent());
  }

  @Override
  public Value upsample2(Value map) {
    String name = resize.doubled(map.name(), map.channels());
    return map(name, map.channels(), map.extent().doubled());
  }

  @Override
  public Value resizeToMultiple(Value map, int multiple) {
    if (map.extent().dividedBy(multiple)) {
      return map;
    }
    String divisor = graph.integers(multiple);
    String padded =
        graph.node("Add", List.of(layout.sides(map.name()), graph.integers(multiple - 1)));
    String sides = graph.node("Mul", List.of(graph.node("Div", List.of(padded, divisor)), divisor));
    return resized(map, sides, new OnnxExtent(map.extent().stride(), multiple));
  }

  @Override
  public Value resizeLike(Value map, Value like) {
    return map.extent().equals(like.extent())
        ? map
        : resized(map, layout.sides(like.name()), like.extent());
  }

  private Value resized(Value map, String sides, OnnxExtent extent) {
    return map(resize.to(map.name(), map.channels(), sides), map.channels(), extent);
  }

  @Override
  public Value unfold(Value map, int patch) {
    return named(map, layout.unfolded(map.name(), map.channels(), patch));
  }

  @Override
  public Value fold(Value tokens, Value like, int patch) {
    String map = layout.folded(scaled(tokens), tokens.channels(), like.name(), patch);
    return new Value(map, tokens.channels(), like.extent());
  }

  @Override
  public Value attention(Value tokens, Linear qkv, int heads) {
    int width = qkv.out() / 3;
    if (dialect == OnnxDialect.STANDARD) {
      String attended = new OnnxAttention(graph, width, heads).write(linear(tokens, qkv).name());
      return new Value(attended, width, tokens.extent());
    }
    FoldedLinear folded = folded(tokens, qkv);
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = qkv.weight() + "." + "qkv".charAt(i);
      inputs.add(product(tokens, name, folded, i * width, (i + 1) * width));
    }
    inputs.add(vector(qkv.bias(), folded.bias()));
    String name =
        graph.node(
            OnnxDialect.ONNX_RUNTIME_DOMAIN,
            "MultiHeadAttention",
            inputs,
            OnnxGraph.integer("num_heads", heads));
    return new Value(name, width, tokens.extent());
  }

  @Override
  public Value transposedConv(Value map, TransposedConv2d conv) {
    long factor = conv.factor();
    int[] shape = {conv.channels(), conv.channels(), conv.factor(), conv.factor()};
    String kernels = graph.weights(conv.weight(), shape, weights.get(conv.weight()).data());
    String bias = vector(conv.bias(), weights.get(conv.bias()).data());
    String name =
        graph.node(
            "ConvTranspose",
            List.of(map.name(), kernels, bias),
            OnnxGraph.attribute("kernel_shape", factor, factor),
            OnnxGraph.attribute("strides", factor, factor));
    return new Value(name, conv.channels(), map.extent().times(conv.factor()));
  }

  @Override
  public Value stretch2(Value map) {
    String name = resize.stretched(map.name());
    return new Value(name, map.channels(), map.extent().times(2));
  }

  @Override
  public Value stretchLike(Value map, Value like) {
    String name = resize.stretchedTo(map.name(), map.channels(), layout.sides(like.name()));
    return new Value(name, map.channels(), like.extent());
  }

  @Override
  public Value tokens(Value patches, ClassToken classToken) {
    int[] shape = {1, 1, classToken.width()};
    String first = graph.floats(classToken.name(), shape, weights.get(classToken.name()).data());
    return named(patches, joined(first, layout.rows(patches.name(), patches.channels())));
  }

  private String joined(String classToken, String tokens) {
    return graph.node("Concat", List.of(classToken, tokens), OnnxGraph.integer("axis", 1));
  }

  @Override
  public Value positions(Value patches, PositionEmbedding embedding) {
    int width = embedding.width();
    float[] learned = weights.get(embedding.name()).data();
    String name = embedding.name() + ".class";
    String first = graph.floats(name, new int[] {1, 1, width}, Arrays.copyOf(learned, width));
    String places =
        new OnnxPositions(graph, embedding).write(learned, layout.sides(patches.name()));
    return named(patches, joined(first, places));
  }

  @Override
  public Value tokenMap(Value tokens, Value like) {
    String map = layout.afterFirst(scaled(tokens), tokens.channels(), like.name());
    return new Value(map, tokens.channels(), like.extent());
  }
}
