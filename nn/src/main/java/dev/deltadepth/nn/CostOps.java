package dev.deltadepth.nn;

import dev.deltadepth.nn.Parameter.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The interpreter that counts parameters, multiply-accumulates and activation memory, and computes
 * output shapes. Run a network on a shape, then query the counts.
 */
public final class CostOps implements Ops<CostOps.Shape> {

  /**
   * A map [batch, channels, height, width]; tokens [B, N, C] are (B, C, N, 1).
   *
   * @param batch images, or images times positions in a patch
   * @param channels channels, or the width of a token
   * @param height rows, or tokens
   * @param width columns, or 1
   */
  public record Shape(int batch, int channels, int height, int width) {
    long count() {
      return (long) batch * channels * height * width;
    }

    long positions() {
      return (long) batch * height * width;
    }
  }

  /** By name, because a layer used twice has its arrays once. */
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  private long macs;
  private long largestActivation;

  /** All arrays of the network in order of use. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }

  /** The number of trainable values, commonly called the parameters of a network. */
  public long parameterCount() {
    return parameters.values().stream()
        .filter(Parameter::trainable)
        .mapToLong(Parameter::count)
        .sum();
  }

  /** Multiply-accumulates of convolutions, linear layers and attention. */
  public long macs() {
    return macs;
  }

  /** Bytes of the largest float32 input and output of a single operation. */
  public long peakActivationBytes() {
    return largestActivation * Float.BYTES;
  }

  private void uses(Parameter parameter) {
    Parameter known = parameters.putIfAbsent(parameter.name(), parameter);
    if (known != null && !known.equals(parameter)) {
      throw new NetworkException("two arrays have the same name: " + known + " and " + parameter);
    }
  }

  private Shape output(Shape from, Shape to) {
    largestActivation = Math.max(largestActivation, from.count() + to.count());
    return to;
  }

  @Override
  public Shape conv(Shape map, Conv2d conv) {
    if (map.channels() != conv.in()) {
      throw new NetworkException(
          conv.name() + " expects " + conv.in() + " channels, not " + map.channels());
    }
    int inGroup = conv.in() / conv.groups();
    uses(
        new Parameter(
            conv.weight(),
            List.of(conv.out(), inGroup, conv.kernel(), conv.kernel()),
            conv.zero() ? Role.ZERO_CONV_WEIGHT : Role.CONV_WEIGHT));
    if (conv.bias()) {
      uses(new Parameter(conv.biasName(), List.of(conv.out()), Role.BIAS));
    }
    Shape out =
        new Shape(
            map.batch(),
            conv.out(),
            (map.height() - 1) / conv.stride() + 1,
            (map.width() - 1) / conv.stride() + 1);
    macs += out.count() * inGroup * conv.kernel() * conv.kernel();
    return output(map, out);
  }

  @Override
  public Shape convNorm(Shape map, Conv2d conv, BatchNorm norm) {
    Shape out = conv(map, conv);
    List<Integer> shape = List.of(norm.channels());
    uses(new Parameter(norm.weight(), shape, Role.NORM_WEIGHT));
    uses(new Parameter(norm.bias(), shape, Role.NORM_BIAS));
    uses(new Parameter(norm.runningMean(), shape, Role.RUNNING_MEAN));
    uses(new Parameter(norm.runningVar(), shape, Role.RUNNING_VAR));
    return out;
  }

  @Override
  public Shape linear(Shape tokens, Linear linear) {
    if (tokens.channels() != linear.in()) {
      throw new NetworkException(
          linear.name() + " expects a width of " + linear.in() + ", not " + tokens.channels());
    }
    uses(new Parameter(linear.weight(), List.of(linear.out(), linear.in()), Role.LINEAR_WEIGHT));
    uses(new Parameter(linear.bias(), List.of(linear.out()), Role.BIAS));
    macs += tokens.positions() * linear.in() * linear.out();
    return output(tokens, withChannels(tokens, linear.out()));
  }

  @Override
  public Shape linearScaled(Shape tokens, Linear linear, LayerScale scale) {
    Shape out = linear(tokens, linear);
    uses(new Parameter(scale.gamma(), List.of(scale.width()), Role.LAYER_SCALE));
    return out;
  }

  @Override
  public Shape layerNorm(Shape tokens, LayerNorm norm) {
    uses(new Parameter(norm.weight(), List.of(norm.width()), Role.NORM_WEIGHT));
    uses(new Parameter(norm.bias(), List.of(norm.width()), Role.NORM_BIAS));
    return tokens;
  }

  @Override
  public Shape activation(Shape value, Activation activation) {
    return value;
  }

  @Override
  public Shape add(Shape a, Shape b) {
    if (!a.equals(b)) {
      throw new NetworkException("cannot add values of different shapes: " + a + " and " + b);
    }
    return a;
  }

  @Override
  public Shape channelMeans(Shape map) {
    return output(map, resized(map, 1, 1));
  }

  @Override
  public Shape scaleChannels(Shape map, Shape factors) {
    if (!factors.equals(resized(map, 1, 1))) {
      throw new NetworkException("expected one factor per channel: " + factors + " for " + map);
    }
    return map;
  }

  @Override
  public Shape concat(Shape a, Shape b) {
    if (!withChannels(a, b.channels()).equals(b)) {
      throw new NetworkException("cannot concatenate maps of different sizes: " + a + " and " + b);
    }
    return output(a, withChannels(a, a.channels() + b.channels()));
  }

  @Override
  public Shape upsample2(Shape map) {
    return output(map, resized(map, map.height() * 2, map.width() * 2));
  }

  @Override
  public Shape resizeToMultiple(Shape map, int multiple) {
    return resized(map, up(map.height(), multiple), up(map.width(), multiple));
  }

  @Override
  public Shape resizeLike(Shape map, Shape like) {
    return resized(map, like.height(), like.width());
  }

  @Override
  public Shape unfold(Shape map, int patch) {
    int tokens = map.height() / patch * (map.width() / patch);
    return new Shape(map.batch() * patch * patch, map.channels(), tokens, 1);
  }

  @Override
  public Shape fold(Shape tokens, Shape like, int patch) {
    return new Shape(
        tokens.batch() / (patch * patch), tokens.channels(), like.height(), like.width());
  }

  @Override
  public Shape attention(Shape tokens, Linear layer, int heads) {
    Shape qkv = linear(tokens, layer);
    Shape out = withChannels(qkv, qkv.channels() / 3);
    macs += 2 * out.count() * qkv.height();
    return output(qkv, out);
  }

  @Override
  public Shape transposedConv(Shape map, TransposedConv2d conv) {
    int channels = conv.channels();
    if (map.channels() != channels) {
      throw new NetworkException(
          conv.name() + " expects " + channels + " channels, not " + map.channels());
    }
    List<Integer> kernel = List.of(channels, channels, conv.factor(), conv.factor());
    uses(new Parameter(conv.weight(), kernel, Role.CONV_WEIGHT));
    uses(new Parameter(conv.bias(), List.of(channels), Role.BIAS));
    Shape out = resized(map, map.height() * conv.factor(), map.width() * conv.factor());
    macs += out.count() * channels;
    return output(map, out);
  }

  @Override
  public Shape stretch2(Shape map) {
    return upsample2(map);
  }

  @Override
  public Shape stretchLike(Shape map, Shape like) {
    return output(map, resizeLike(map, like));
  }

  @Override
  public Shape tokens(Shape patches, ClassToken classToken) {
    List<Integer> shape = List.of(1, 1, classToken.width());
    uses(new Parameter(classToken.name(), shape, Role.EMBEDDING));
    return output(patches, tokenShape(patches));
  }

  @Override
  public Shape positions(Shape patches, PositionEmbedding embedding) {
    int places = 1 + embedding.side() * embedding.side();
    List<Integer> shape = List.of(1, places, embedding.width());
    uses(new Parameter(embedding.name(), shape, Role.EMBEDDING));
    return tokenShape(patches);
  }

  @Override
  public Shape tokenMap(Shape tokens, Shape like) {
    if (tokens.height() != 1 + like.height() * like.width()) {
      throw new NetworkException("the tokens do not fit the map: " + tokens + " and " + like);
    }
    return output(
        tokens, new Shape(tokens.batch(), tokens.channels(), like.height(), like.width()));
  }

  private static Shape tokenShape(Shape patches) {
    return new Shape(
        patches.batch(), patches.channels(), 1 + patches.height() * patches.width(), 1);
  }

  /** The smallest multiple that is not below the side. */
  public static int up(int side, int multiple) {
    return (side + multiple - 1) / multiple * multiple;
  }

  private static Shape withChannels(Shape shape, int channels) {
    return new Shape(shape.batch(), channels, shape.height(), shape.width());
  }

  private static Shape resized(Shape map, int height, int width) {
    return new Shape(map.batch(), map.channels(), height, width);
  }
}
