package dev.deltadepth.torch;

import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.conv_transpose2d;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.hardsigmoid;
import static org.bytedeco.pytorch.global.torch.hardswish;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.sigmoid;
import static org.bytedeco.pytorch.global.torch.silu;
import static org.bytedeco.pytorch.global.torch.upsample_bicubic2d;
import static org.bytedeco.pytorch.global.torch.upsample_bilinear2d;

import dev.deltadepth.nn.Activation;
import dev.deltadepth.nn.BatchNorm;
import dev.deltadepth.nn.ClassToken;
import dev.deltadepth.nn.Conv2d;
import dev.deltadepth.nn.CostOps;
import dev.deltadepth.nn.LayerNorm;
import dev.deltadepth.nn.LayerScale;
import dev.deltadepth.nn.Linear;
import dev.deltadepth.nn.Ops;
import dev.deltadepth.nn.PositionEmbedding;
import dev.deltadepth.nn.TransposedConv2d;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The interpreter that runs networks with libtorch. Tensors are created within the caller's {@code
 * PointerScope}, which frees them.
 */
public final class TorchOps implements Ops<Tensor> {

  private final TorchWeights weights;
  private final boolean training;
  private final Statistics statistics;

  /** The statistics that batch normalisation uses. */
  private enum Statistics {
    /** The batch's, which also update the running ones. */
    MEASURED,
    /** The batch's only. */
    BATCH,
    /** The running ones. */
    RUNNING
  }

  private TorchOps(TorchWeights weights, boolean training, Statistics statistics) {
    this.weights = weights;
    this.training = training;
    this.statistics = statistics;
  }

  /**
   * Training with the batch's statistics, which update the running ones. Normalisations whose
   * weights require no gradient are frozen: they use their running statistics.
   */
  public static TorchOps training(TorchWeights weights) {
    return new TorchOps(weights, true, Statistics.MEASURED);
  }

  /** The same without updating the running statistics. */
  public static TorchOps trainingByBatch(TorchWeights weights) {
    return new TorchOps(weights, true, Statistics.BATCH);
  }

  /** Training with the running statistics, without updating them. */
  public static TorchOps trainingByRunning(TorchWeights weights) {
    return new TorchOps(weights, true, Statistics.RUNNING);
  }

  /** Inference with the running statistics. */
  public static TorchOps inference(TorchWeights weights) {
    return new TorchOps(weights, false, Statistics.RUNNING);
  }

  @Override
  public Tensor conv(Tensor map, Conv2d conv) {
    boolean depthwise = conv.groups() == conv.in() && conv.groups() > 1;
    if (learns(conv.weight()) && depthwise && conv.stride() > 1) {
      // oneDNN is slowest at the gradient of a strided depthwise convolution: half of a training
      // step. Computing every pixel and keeping every second one is the same function and many
      // times faster.
      Tensor whole = conv(map, conv, 1);
      return everyNth(everyNth(whole, 2, conv.stride()), 3, conv.stride())
          .contiguous(torch.MemoryFormat.ChannelsLast);
    }
    return conv(map, conv, conv.stride());
  }

  private Tensor conv(Tensor map, Conv2d conv, long stride) {
    long pad = conv.padding();
    TensorOptional bias =
        conv.bias() ? new TensorOptional(weights.get(conv.biasName())) : new TensorOptional();
    return conv2d(
        map,
        weights.get(conv.weight()),
        bias,
        new long[] {stride, stride},
        new long[] {pad, pad},
        new long[] {1, 1},
        conv.groups());
  }

  /** Whether weights are being trained; those that require no gradient are frozen. */
  private boolean learns(String name) {
    return training && weights.get(name).requires_grad();
  }

  private static Tensor everyNth(Tensor map, long axis, long n) {
    return map.slice(axis, new LongOptional(), new LongOptional(), n);
  }

  @Override
  public Tensor convNorm(Tensor map, Conv2d conv, BatchNorm norm) {
    Tensor x = conv(map, conv);
    // A single value has no variance: it would make the running one NaN, for good.
    boolean several = x.size(0) * x.size(2) * x.size(3) > 1;
    boolean byBatch = several && statistics != Statistics.RUNNING && learns(norm.weight());
    boolean running = statistics != Statistics.BATCH || !byBatch;
    return batch_norm(
        x,
        optional(norm.weight()),
        optional(norm.bias()),
        running ? optional(norm.runningMean()) : new TensorOptional(),
        running ? optional(norm.runningVar()) : new TensorOptional(),
        byBatch,
        BatchNorm.MOMENTUM,
        norm.eps(),
        false);
  }

  @Override
  public Tensor linear(Tensor tokens, Linear linear) {
    return org.bytedeco.pytorch.global.torch.linear(
        tokens, weights.get(linear.weight()), optional(linear.bias()));
  }

  @Override
  public Tensor linearScaled(Tensor tokens, Linear linear, LayerScale scale) {
    return linear(tokens, linear).mul(weights.get(scale.gamma()));
  }

  @Override
  public Tensor layerNorm(Tensor tokens, LayerNorm norm) {
    return layer_norm(
        tokens,
        new long[] {norm.width()},
        optional(norm.weight()),
        optional(norm.bias()),
        norm.eps(),
        false);
  }

  @Override
  public Tensor activation(Tensor value, Activation activation) {
    return switch (activation) {
      case NONE -> value;
      case RELU -> relu(value);
      case SILU -> silu(value);
      case GELU -> gelu(value);
      case SIGMOID -> sigmoid(value);
      case HARD_SIGMOID -> hardsigmoid(value);
      case HARD_SWISH -> hardswish(value);
    };
  }

  @Override
  public Tensor add(Tensor a, Tensor b) {
    return a.add(b);
  }

  @Override
  public Tensor channelMeans(Tensor map) {
    return map.mean(new long[] {2, 3}, true, new ScalarTypeOptional());
  }

  @Override
  public Tensor scaleChannels(Tensor map, Tensor factors) {
    return map.mul(factors);
  }

  @Override
  public Tensor concat(Tensor a, Tensor b) {
    return cat(new TensorVector(a, b), 1);
  }

  @Override
  public Tensor upsample2(Tensor map) {
    return resize(map, map.size(2) * 2, map.size(3) * 2);
  }

  @Override
  public Tensor resizeToMultiple(Tensor map, int multiple) {
    return resize(
        map, CostOps.up((int) map.size(2), multiple), CostOps.up((int) map.size(3), multiple));
  }

  @Override
  public Tensor resizeLike(Tensor map, Tensor like) {
    return resize(map, like.size(2), like.size(3));
  }

  private static Tensor resize(Tensor map, long height, long width) {
    if (map.size(2) == height && map.size(3) == width) {
      return map;
    }
    return upsample_bilinear2d(
        map, new long[] {height, width}, false, new DoubleOptional(), new DoubleOptional());
  }

  @Override
  public Tensor unfold(Tensor map, int patch) {
    long n = map.size(0);
    long c = map.size(1);
    long rows = map.size(2) / patch;
    long columns = map.size(3) / patch;
    // Channels last, the map's order in memory: [n, rows, patch, columns, patch, c].
    return map.permute(0, 2, 3, 1)
        .reshape(n, rows, patch, columns, patch, c)
        .permute(0, 2, 4, 1, 3, 5)
        .reshape(n * patch * patch, rows * columns, c);
  }

  @Override
  public Tensor fold(Tensor tokens, Tensor like, int patch) {
    long n = tokens.size(0) / ((long) patch * patch);
    long c = tokens.size(2);
    long rows = like.size(2) / patch;
    long columns = like.size(3) / patch;
    return tokens
        .reshape(n, patch, patch, rows, columns, c)
        .permute(0, 3, 1, 4, 2, 5)
        .reshape(n, rows * patch, columns * patch, c)
        .permute(0, 3, 1, 2);
  }

  @Override
  public Tensor attention(Tensor tokens, Linear layer, int heads) {
    Tensor qkv = linear(tokens, layer);
    long b = qkv.size(0);
    long n = qkv.size(1);
    long c = qkv.size(2) / 3;
    Tensor split = qkv.reshape(b, n, 3, heads, c / heads).permute(2, 0, 3, 1, 4);
    Tensor q = split.select(0, 0);
    Tensor k = split.select(0, 1);
    Tensor v = split.select(0, 2);
    // Batched products, because libtorch's fused attention makes thousands of calls, one per head.
    Tensor scores = q.mul(new Scalar(Math.sqrt(heads / (double) c))).matmul(k.transpose(2, 3));
    return scores.softmax(-1).matmul(v).transpose(1, 2).reshape(b, n, c);
  }

  @Override
  public Tensor transposedConv(Tensor map, TransposedConv2d conv) {
    return conv_transpose2d(
        map,
        weights.get(conv.weight()),
        optional(conv.bias()),
        new long[] {conv.factor(), conv.factor()},
        new long[] {0, 0},
        new long[] {0, 0},
        1,
        new long[] {1, 1});
  }

  @Override
  public Tensor stretch2(Tensor map) {
    return stretch(map, map.size(2) * 2, map.size(3) * 2);
  }

  @Override
  public Tensor stretchLike(Tensor map, Tensor like) {
    return stretch(map, like.size(2), like.size(3));
  }

  private static Tensor stretch(Tensor map, long height, long width) {
    return upsample_bilinear2d(
        map, new long[] {height, width}, true, new DoubleOptional(), new DoubleOptional());
  }

  @Override
  public Tensor tokens(Tensor patches, ClassToken classToken) {
    Tensor first = weights.get(classToken.name()).expand(patches.size(0), 1, classToken.width());
    return cat(new TensorVector(first, rows(patches)), 1);
  }

  /** [N, C, h, w] to [N, h w, C]. */
  private static Tensor rows(Tensor map) {
    return map.flatten(2, 3).transpose(1, 2);
  }

  @Override
  public Tensor positions(Tensor patches, PositionEmbedding embedding) {
    Tensor learned = weights.get(embedding.name());
    long side = embedding.side();
    long height = patches.size(2);
    long width = patches.size(3);
    if (height == side && width == side) {
      return learned;
    }
    Tensor map =
        learned.narrow(1, 1, side * side).transpose(1, 2).reshape(1, embedding.width(), side, side);
    Tensor resized =
        upsample_bicubic2d(
            map,
            new long[] {height, width},
            false,
            new DoubleOptional((height + PositionEmbedding.OFFSET) / side),
            new DoubleOptional((width + PositionEmbedding.OFFSET) / side));
    return cat(new TensorVector(learned.narrow(1, 0, 1), rows(resized)), 1);
  }

  @Override
  public Tensor tokenMap(Tensor tokens, Tensor like) {
    return tokens
        .narrow(1, 1, tokens.size(1) - 1)
        .transpose(1, 2)
        .reshape(tokens.size(0), tokens.size(2), like.size(2), like.size(3));
  }

  private TensorOptional optional(String name) {
    return new TensorOptional(weights.get(name));
  }
}
