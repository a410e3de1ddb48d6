package dev.deltadepth.nn;

/**
 * What a network is written in. A network is one function over an abstract value {@code T}, and an
 * interpreter decides what comes of it: {@code TorchOps} computes it, {@code OnnxOps} writes it
 * down, {@link CostOps} counts it. Maps are [N, C, H, W], tokens [B, N, C].
 *
 * @param <T> what a value is to the interpreter
 */
public interface Ops<T> {

  /** The convolution of a map, [N, in, H, W] to [N, out, ceil(H / stride), ceil(W / stride)]. */
  T conv(T map, Conv2d conv);

  /**
   * A convolution without bias and the batch normalisation behind it. They are one operation
   * because inference folds the one into the other.
   */
  T convNorm(T map, Conv2d conv, BatchNorm norm);

  /** The linear layer over the last axis. */
  T linear(T tokens, Linear linear);

  /**
   * A linear layer and the layer scale behind it. They are one operation because inference folds
   * the one into the other.
   */
  T linearScaled(T tokens, Linear linear, LayerScale scale);

  /** Layer normalisation over the last axis. */
  T layerNorm(T tokens, LayerNorm norm);

  /** The activation of every value. */
  T activation(T value, Activation activation);

  /** The sum of two values of one shape. */
  T add(T a, T b);

  /** The mean of every channel over height and width, [N, C, H, W] to [N, C, 1, 1]. */
  T channelMeans(T map);

  /** The map, every channel times its factor. The factors are [N, C, 1, 1]. */
  T scaleChannels(T map, T factors);

  /** The channels of {@code a}, then those of {@code b}; the maps have one size. */
  T concat(T a, T b);

  /** The map at twice its height and width, bilinear, align_corners false. */
  T upsample2(T map);

  /**
   * A 1x1 convolution without bias over the channels of a coarse map at twice its height and width
   * and those of a fine one, and the batch normalisation behind it. They are one operation because
   * a 1x1 convolution and bilinear upsampling commute, so that inference can do the coarse part
   * where it is a quarter of the work.
   */
  default T convNormUpsampled(T coarse, T fine, Conv2d conv, BatchNorm norm) {
    return convNorm(concat(upsample2(coarse), fine), conv, norm);
  }

  /**
   * The map at the next height and width that {@code multiple} divides, bilinear; itself if they
   * are.
   */
  T resizeToMultiple(T map, int multiple);

  /** The map at the height and width of {@code like}, bilinear; itself if they are equal. */
  T resizeLike(T map, T like);

  /**
   * A map as tokens, so that attention runs among the pixels that hold the same place in their
   * patch (MobileViT, Mehta and Rastegari 2022, section 3): [N, C, H, W] to [N * patch * patch, (H
   * / patch) * (W / patch), C]. The patch divides H and W.
   */
  T unfold(T map, int patch);

  /**
   * The inverse of {@link #unfold}: tokens back to a map with the height and width of {@code like}.
   */
  T fold(T tokens, T like, int patch);

  /**
   * Multi-head self-attention (Vaswani et al. 2017): softmax(q k^T / sqrt(d)) v for every head,
   * from [B, N, C] to [B, N, C]. The linear layer makes q, k and v, 3 C behind one another, each
   * head by head; it is part of the operation because runtimes fuse the two.
   */
  T attention(T tokens, Linear qkv, int heads);

  /** The transposed convolution of a map, [N, C, H, W] to [N, C, factor H, factor W]. */
  T transposedConv(T map, TransposedConv2d conv);

  /** The map at twice its height and width, bilinear, align_corners true. */
  T stretch2(T map);

  /** The map at the height and width of {@code like}, bilinear, align_corners true. */
  T stretchLike(T map, T like);

  /** A map of patches as tokens behind a class token, [N, C, h, w] to [N, 1 + h w, C]. */
  T tokens(T patches, ClassToken classToken);

  /**
   * What a map of patches is told about places, [N or 1, 1 + h w, C]: to be added to its tokens.
   */
  T positions(T patches, PositionEmbedding embedding);

  /** Tokens without their class token as a map with the height and width of {@code like}. */
  T tokenMap(T tokens, T like);
}
